// node_tls_verify.ts: numbers of what is wrong with a certificate.                       OpenSSL: include/openssl/x509_vfy.h
//
// Node gives names (X509_V_ERR_ without the beginning).
const NUMBERS: Readonly<Record<string, number>> = {
  UNABLE_TO_GET_ISSUER_CERT: 2,
  UNABLE_TO_GET_CRL: 3,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 4,
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: 5,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 6,
  CERT_SIGNATURE_FAILURE: 7,
  CRL_SIGNATURE_FAILURE: 8,
  CERT_NOT_YET_VALID: 9,
  CERT_HAS_EXPIRED: 10,
  CRL_NOT_YET_VALID: 11,
  CRL_HAS_EXPIRED: 12,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 13,
  ERROR_IN_CERT_NOT_AFTER_FIELD: 14,
  ERROR_IN_CRL_LAST_UPDATE_FIELD: 15,
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: 16,
  OUT_OF_MEM: 17,
  DEPTH_ZERO_SELF_SIGNED_CERT: 18,
  SELF_SIGNED_CERT_IN_CHAIN: 19,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 20,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 21,
  CERT_CHAIN_TOO_LONG: 22,
  CERT_REVOKED: 23,
  INVALID_CA: 24,
  PATH_LENGTH_EXCEEDED: 25,
  INVALID_PURPOSE: 26,
  CERT_UNTRUSTED: 27,
  CERT_REJECTED: 28,
  HOSTNAME_MISMATCH: 62,
};

export const UNSPECIFIED = 1;

export function verify_number(name: string): number {
  return NUMBERS[name] ?? UNSPECIFIED;
}

const UNKNOWN_CA = 48;
const ALERTS: Readonly<Record<number, number>> = {
  2: UNKNOWN_CA,
  3: UNKNOWN_CA,
  6: 42,
  10: 45,
  12: 45,
  18: UNKNOWN_CA,
  19: UNKNOWN_CA,
  20: UNKNOWN_CA,
  21: UNKNOWN_CA,
  22: UNKNOWN_CA,
  23: 44,
  24: UNKNOWN_CA,
  25: UNKNOWN_CA,
  26: 43,
  4: 51,
  7: 51,
  17: 80,
  1: 80,
};
const BAD_CERTIFICATE = 42;

/** The alert by which the other end learns of it. */
export function alert_for(verify_code: number): number {
  return ALERTS[verify_code] ?? BAD_CERTIFICATE;
}
