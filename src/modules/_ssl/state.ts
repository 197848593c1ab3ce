// state.ts: what a context says, and what the host is told of it.                        CPython: Modules/_ssl.c:PySSLContext
//
// Invariant: `made` holds the host's contexts for what is set now; whoever changes something calls changed().
import type { HostTls, HostTlsContext, HostTlsPair, HostTlsSettings } from '../../core/host_tls.ts';
import type { PyObject } from '../../core/object.ts';
import { all_ciphers, type Cipher, choose_ciphers } from './ciphers.ts';
import { read_folder } from './files.ts';
import { pem_text } from './pem.ts';
import { is_ca, same_bytes, type X509 } from './x509.ts';

export const PROTOCOL_TLS = 2;
export const PROTOCOL_TLS_CLIENT = 16;
export const PROTOCOL_TLS_SERVER = 17;

export const CERT_NONE = 0;
export const CERT_OPTIONAL = 1;
export const CERT_REQUIRED = 2;

export const MINIMUM_SUPPORTED = -2;
export const MAXIMUM_SUPPORTED = -1;
export const TLS_1_0 = 0x0301;
export const TLS_1_3 = 0x0304;

export const OP_IGNORE_UNEXPECTED_EOF = 128;
export const VERIFY_CRL_CHECK = 4;
export const VERIFY_X509_STRICT = 32;
export const VERIFY_X509_TRUSTED_FIRST = 32768;
export const VERIFY_X509_PARTIAL_CHAIN = 524288;
const HOSTFLAG_NO_PARTIAL_WILDCARDS = 4;
/** SSL_OP_NO_COMPRESSION, SSL_OP_ALL and their like, as CPython sets them. */
const DEFAULT_OPTIONS = 0x82520050;

/** Node's own list would put smaller keys first. */
export const DEFAULT_CIPHERS = 'ALL:!COMPLEMENTOFDEFAULT:!eNULL';

export const STATISTICS = [
  'number',
  'connect',
  'connect_good',
  'connect_renegotiate',
  'accept',
  'accept_good',
  'accept_renegotiate',
  'hits',
  'misses',
  'timeouts',
  'cache_full',
] as const;
export type Statistic = (typeof STATISTICS)[number];

export class ContextState {
  readonly protocol: number;
  options = DEFAULT_OPTIONS;
  verify_mode = CERT_NONE;
  check_hostname = false;
  host_flags = HOSTFLAG_NO_PARTIAL_WILDCARDS;
  verify_flags = VERIFY_X509_TRUSTED_FIRST;
  minimum = MINIMUM_SUPPORTED;
  maximum = MAXIMUM_SUPPORTED;
  num_tickets = 2;
  post_handshake_auth = false;
  /** By the kind of key. */
  readonly pairs: Map<string, HostTlsPair> = new Map();
  /** Those that are trusted. */
  readonly store: X509[] = [];
  /** Revocation lists, DER. */
  readonly crls: Uint8Array[] = [];
  /** Folders of certificates by hash, where issuers are looked for. */
  readonly folders: string[] = [];
  /** What is in them; null: not looked for. */
  private in_folders: X509[] | null = null;
  /** All that the host trusts is trusted here. */
  default_roots = false;
  ciphers: string | null = null;
  curve: string | null = null;
  dh_params: string | null = null;
  alpn: string[] = [];
  /** Owned, or null. */
  sni_callback: PyObject | null = null;
  /** Owned, or null; its file's descriptor. */
  keylog_name: PyObject | null = null;
  keylog_fd = -1;
  readonly counts: Map<Statistic, number> = new Map();
  /** For clients, for servers. */
  private made: [HostTlsContext | null, HostTlsContext | null] = [null, null];

  constructor(protocol: number) {
    this.protocol = protocol;
    if (protocol === PROTOCOL_TLS_CLIENT) {
      this.check_hostname = true;
      this.verify_mode = CERT_REQUIRED;
    }
  }

  count(what: Statistic): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  changed(): void {
    this.in_folders = null;
    for (const made of this.made) made?.close();
    this.made = [null, null];
  }

  /** Trusts a certificate; whether it is a new one. */
  trust(x: X509): boolean {
    if (this.store.some(known => same_bytes(known.der, x.der))) return false;
    this.store.push(x);
    this.changed();
    return true;
  }

  /** A chain was found good: issuers that lay in folders are known from now on. */
  used(chain: readonly Uint8Array[]): void {
    for (const x of this.in_folders ?? [])
      if (chain.some(der => same_bytes(der, x.der)) && !this.store.some(known => same_bytes(known.der, x.der)))
        this.store.push(x);
  }

  store_counts(): { x509: number; crl: number; x509_ca: number } {
    return { x509: this.store.length, crl: this.crls.length, x509_ca: this.store.filter(is_ca).length };
  }

  chosen(): Cipher[] {
    const older = choose_ciphers(this.ciphers ?? DEFAULT_CIPHERS);
    return [...all_ciphers().filter(c => c.protocol === 'TLSv1.3'), ...older];
  }

  /** What the host is told; `pairs` may be another context's. */
  settings(server: boolean, pairs: readonly HostTlsPair[], roots: () => readonly string[]): HostTlsSettings {
    const range = (n: number, unlimited: number): number =>
      n < 0 ? unlimited : Math.min(Math.max(n, TLS_1_0), TLS_1_3);
    this.in_folders ??= this.folders.flatMap(read_folder);
    const ca = [...this.store, ...this.in_folders].map(x => pem_text('CERTIFICATE', x.der));
    return {
      server,
      pairs,
      ca: this.default_roots ? [...ca, ...roots()] : ca,
      crl: (this.verify_flags & VERIFY_CRL_CHECK) !== 0 ? this.crls.map(der => pem_text('X509 CRL', der)) : [],
      options: this.options,
      min_version: range(this.minimum, TLS_1_0),
      max_version: range(this.maximum, TLS_1_3),
      ciphers: this.ciphers ?? DEFAULT_CIPHERS,
      curve: this.curve,
      dh_params: this.dh_params,
      verify_mode: this.verify_mode,
      partial_chain: (this.verify_flags & VERIFY_X509_PARTIAL_CHAIN) !== 0,
      keylog: this.keylog_fd >= 0,
    };
  }

  /** The host's context for one side. */
  host_context(tls: HostTls, server: boolean): HostTlsContext {
    const role = server ? 1 : 0;
    this.made[role] ??= tls.context(this.settings(server, [...this.pairs.values()], () => tls.roots()));
    return this.made[role]!;
  }
}
