// host_tls.ts: what the machine around the interpreter offers of TLS: a state machine that takes and gives bytes.
//
// A connection knows no sockets: what comes from the other end is put in, what is to go there comes out. Nothing here waits for
// anybody but the machine itself.

/** A certificate chain and its key, PEM. */
export interface HostTlsPair {
  cert: string;
  key: string;
  passphrase: string | null;
}

/** What a context allows and asks for. Certificates and keys are PEM. */
export interface HostTlsSettings {
  server: boolean;
  /** One for each kind of key. */
  pairs: readonly HostTlsPair[];
  /** Whom to trust. */
  ca: readonly string[];
  crl: readonly string[];
  /** SSL_OP_* bits. */
  options: number;
  /** 0x0301 ... 0x0304. */
  min_version: number;
  max_version: number;
  /** An OpenSSL cipher list. */
  ciphers: string;
  curve: string | null;
  dh_params: string | null;
  /** CERT_NONE 0, CERT_OPTIONAL 1, CERT_REQUIRED 2. */
  verify_mode: number;
  /** A chain may end in any certificate that is trusted, not only in a root. */
  partial_chain: boolean;
  /** Whether the secrets of sessions are told. */
  keylog: boolean;
}

export interface HostTlsOpening {
  /** What the client says that it wants to talk to; null: nothing. */
  server_name: string | null;
  /** What the certificate must be for, or null: a name, or a numeric address. */
  check_name: string | null;
  check_address: string | null;
  /** The application protocols, best first. */
  alpn: readonly string[];
  /** A session to go on with. */
  session: Uint8Array | null;
}

/** What failed. `reason` is OpenSSL's sentence. */
export interface HostTlsFailure {
  reason: string;
  library: string;
  /** Of certificates that are not trusted: X509_V_ERR_* and its sentence. */
  verify_code: number;
  verify_message: string;
}

/** What is known when hands are shaken. */
export interface HostTlsPeer {
  version: string;
  cipher: string;
  alpn: string | null;
  reused: boolean;
  /** DER: the certificate of the other end, then those who vouch for it. */
  chain: Uint8Array[];
  /** The last messages of the handshake, for channel bindings. */
  finished: Uint8Array | null;
  peer_finished: Uint8Array | null;
}

/** What came of a turn. */
export interface HostTlsTurn {
  /** To be sent. */
  output: Uint8Array[];
  /** What the other end has said, record by record. */
  plain: Uint8Array[];
  /** The other end has said that it will say no more. */
  ended: boolean;
  /** Once, when hands are shaken. */
  peer: HostTlsPeer | null;
  /** The newest session, if there is a new one. */
  session: Uint8Array | null;
  /** Lines for a file of secrets. */
  secrets: Uint8Array[];
  failure: HostTlsFailure | null;
}

export interface HostTlsConnection {
  /** Puts in what came (a client's first turn: null), what is to be said, and whether that was the last; gives what comes of it. */
  turn(input: Uint8Array | null, plain: Uint8Array | null, last: boolean): HostTlsTurn;
  close(): void;
}

export interface HostTlsContext {
  open(opening: HostTlsOpening): HostTlsConnection;
  close(): void;
}

/** HostTlsError: what the machine does not take. */
export class HostTlsError {
  readonly code: string;
  readonly reason: string;
  constructor(code: string, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

export type HostKeyProblem = 'no key' | 'mismatch' | 'too small';

export interface HostTls {
  /** OpenSSL's version, such as '3.0.19'. */
  readonly version: string;
  context(settings: HostTlsSettings): HostTlsContext;
  /** HostTlsError: it has none of that name. */
  check_curve(name: string): void;
  /** What kind of key it is ('rsa', 'ec'), or what is wrong with it. */
  check_pair(pair: HostTlsPair): { kind: string } | { problem: HostKeyProblem };
  /** The roots that the host trusts, as PEM. */
  roots(): readonly string[];
}
