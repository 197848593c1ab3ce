// verify.ts: what OpenSSL looks at in certificates when it is told to be strict, which Node cannot tell it.
//                                                                           OpenSSL: crypto/x509/x509_vfy.c:check_extensions
import type { HostTlsFailure, HostTlsPeer } from '../../core/host_tls.ts';
import { Malformed } from './der.ts';
import { CERT_NONE, type ContextState, VERIFY_CRL_CHECK, VERIFY_X509_STRICT } from './state.ts';
import {
  AUTHORITY_KEY,
  BASIC_CONSTRAINTS,
  is_ca,
  KEY_USAGE,
  parse_certificate,
  SUBJECT_KEY,
  self_issued,
  type X509,
} from './x509.ts';

function failure(verify_code: number, verify_message: string): HostTlsFailure {
  return { reason: 'certificate verify failed', library: 'SSL routines', verify_code, verify_message };
}

/** What is wrong with one of a chain; null: nothing. */
function strict_problem(x: X509): HostTlsFailure | null {
  const { extensions } = x;
  if (is_ca(x)) {
    if (extensions.get(BASIC_CONSTRAINTS)?.critical === false)
      return failure(89, 'Basic Constraints of CA cert not marked critical');
    if (!extensions.has(KEY_USAGE)) return failure(92, 'CA cert does not include key usage extension');
  }
  if (!self_issued(x) && !extensions.has(AUTHORITY_KEY)) return failure(85, 'Missing Authority Key Identifier');
  if (is_ca(x) && !extensions.has(SUBJECT_KEY)) return failure(86, 'Missing Subject Key Identifier');
  if (extensions.get(AUTHORITY_KEY)?.critical) return failure(90, 'Authority Key Identifier marked critical');
  if (extensions.get(SUBJECT_KEY)?.critical) return failure(91, 'Subject Key Identifier marked critical');
  if (x.version < 3 && extensions.size > 0) return failure(93, 'Using cert extension requires at least X509v3');
  return null;
}

/** Looks at a chain that the host has found good. */
export function judge_chain(context: ContextState, peer: HostTlsPeer): HostTlsFailure | null {
  if (context.verify_mode === CERT_NONE || peer.chain.length === 0) return null;
  if ((context.verify_flags & VERIFY_CRL_CHECK) !== 0 && context.crls.length === 0)
    return failure(3, 'unable to get certificate CRL');
  if ((context.verify_flags & VERIFY_X509_STRICT) === 0) return null;
  try {
    for (const der of peer.chain) {
      const problem = strict_problem(parse_certificate(der));
      if (problem !== null) return problem;
    }
  } catch (e) {
    if (!(e instanceof Malformed)) throw e;
  }
  return null;
}
