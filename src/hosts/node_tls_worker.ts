// node_tls_worker.ts: TLS as the watcher thread sees it: a TLSSocket of Node for each connection, over a stream whose two ends are
// queues (see node_tls_shared.ts, docs/adr/0008-tls.md).
//
// Invariant: between two turns of a connection nothing of it is under way: what came was digested, what is to be sent was given.
import type * as crypto from 'node:crypto';
import { Duplex } from 'node:stream';
import type * as tls from 'node:tls';
import type { HostTlsFailure, HostTlsOpening, HostTlsSettings, HostTlsTurn } from '../core/host_tls.ts';
import type { TlsAnswer, TlsOrder } from './node_tls_shared.ts';
import { alert_for, UNSPECIFIED, verify_number } from './node_tls_verify.ts';

const VERSIONS: Readonly<Record<number, tls.SecureVersion>> = {
  769: 'TLSv1',
  770: 'TLSv1.1',
  771: 'TLSv1.2',
  772: 'TLSv1.3',
};
/** Node takes lists without any of these for a wish not to have TLS 1.3. */
const SUITES_1_3 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';
const SESSION_CONTEXT = 'pyvarium';
const CERT_REQUIRED = 2;
/** OpenSSL goes on for Node after the first of these, and Node tells of the second. */
const NO_LOCAL_ISSUER = 20;
const UNABLE_TO_VERIFY_LEAF = 21;
const HOSTNAME_MISMATCH = 62;
const ADDRESS_MISMATCH = 64;
const CERT_NOT_YET_VALID = 9;
const CERT_HAS_EXPIRED = 10;

/** What Node's types do not show; each is asked for before it is used. */
interface Handle {
  verifyError?(): (Error & { code?: string }) | null | undefined;
}

interface Context {
  settings: HostTlsSettings;
  secure: tls.SecureContext;
}

interface Failure extends Error {
  code?: string;
  reason?: string;
  library?: string;
}

function failure_of(e: Failure): HostTlsFailure {
  const code = e.code ?? '';
  const reason = e.reason ?? (code.startsWith('ERR_SSL_') ? code.slice(8).toLowerCase().replace(/_/g, ' ') : e.message);
  return { reason, library: e.library ?? '', verify_code: 0, verify_message: '' };
}

/** Memory of its own, to be given away. */
function own(b: Uint8Array): Uint8Array {
  return b.byteLength === b.buffer.byteLength ? b : new Uint8Array(b);
}

/** Loaded when TLS is first asked for. */
function node_tls(): typeof tls {
  return require('node:tls') as typeof tls;
}

function node_crypto(): typeof crypto {
  return require('node:crypto') as typeof crypto;
}

/**
 * The certificates of the other end and of those who vouch for it. (getPeerX509Certificate() would take the first one away from a
 * client's connection.)
 */
function chain_of(socket: tls.TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let cert = socket.getPeerCertificate(true) as tls.DetailedPeerCertificate | undefined;
  while (cert?.raw !== undefined) {
    chain.push(new Uint8Array(cert.raw));
    const issuer: tls.DetailedPeerCertificate | undefined = cert.issuerCertificate;
    if (issuer === undefined || issuer === cert || issuer.raw?.equals(cert.raw)) break;
    cert = issuer;
  }
  return chain;
}

/** What OpenSSL found wrong with a chain; null: nothing. */
function verdict_on(socket: tls.TLSSocket): [number, string] | null {
  const handle = (socket as unknown as { _handle?: Handle })._handle;
  if (handle?.verifyError === undefined)
    return [UNSPECIFIED, 'this Node does not tell whether the certificate is good'];
  const error = handle.verifyError() ?? null;
  if (error === null) return null;
  const code = verify_number(error.code ?? '');
  if (code === UNABLE_TO_VERIFY_LEAF) return [NO_LOCAL_ISSUER, 'unable to get local issuer certificate'];
  return [code, error.message];
}

class Connection {
  readonly context: Context;
  readonly opening: HostTlsOpening;
  private readonly pipe: Duplex;
  /** Null while it is made: a client writes its first message then. */
  private socket: tls.TLSSocket | null = null;
  private now: HostTlsTurn = nothing();
  private established = false;
  private judged = false;
  /** What Node still gives is not to be sent. */
  private mute = false;
  private failed = false;
  private closed = false;

  constructor(context: Context, opening: HostTlsOpening) {
    this.context = context;
    this.opening = opening;
    this.pipe = new Duplex({
      read: () => undefined,
      write: (data: Buffer, _encoding, done) => {
        this.send(data);
        done();
      },
      final: done => done(),
    });
    this.socket = context.settings.server ? this.serve() : this.connect();
    this.listen(this.socket);
  }

  private serve(): tls.TLSSocket {
    const { settings, secure } = this.context;
    return new (node_tls().TLSSocket)(this.pipe, {
      isServer: true,
      secureContext: secure,
      requestCert: settings.verify_mode > 0,
      rejectUnauthorized: settings.verify_mode === CERT_REQUIRED,
      ...(this.opening.alpn.length > 0 ? { ALPNProtocols: [...this.opening.alpn] } : {}),
    });
  }

  private connect(): tls.TLSSocket {
    const { server_name, alpn, session } = this.opening;
    return node_tls().connect({
      socket: this.pipe,
      secureContext: this.context.secure,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(server_name === null ? {} : { servername: server_name }),
      ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
      ...(session === null ? {} : { session: Buffer.from(session) }),
    });
  }

  private listen(socket: tls.TLSSocket): void {
    socket.on(this.context.settings.server ? 'secure' : 'secureConnect', () => this.shaken(socket));
    socket.on('data', (data: Buffer) => this.now.plain.push(own(data)));
    socket.on('end', () => {
      this.now.ended = true;
    });
    socket.on('session', (session: Buffer) => {
      this.now.session = own(session);
    });
    socket.on('error', (e: Failure) => this.fail(failure_of(e)));
    socket.on('close', () => {
      this.closed = true;
    });
    this.pipe.on('error', () => undefined);
    if (this.context.settings.keylog)
      socket.on('keylog', (line: Buffer) => {
        this.now.secrets.push(own(line));
      });
  }

  private fail(failure: HostTlsFailure): void {
    if (!this.failed) this.now.failure = failure;
    this.failed = true;
  }

  /** What Node wants to send. Nothing that follows the other end's certificate goes out before that was judged. */
  private send(data: Buffer): void {
    if (!this.judged && this.socket !== null) this.judge(this.socket);
    if (!this.mute) this.now.output.push(own(data));
  }

  /** Looks at the other end's certificate as soon as there is one. */
  private judge(socket: tls.TLSSocket): void {
    if (this.context.settings.verify_mode === 0) {
      this.judged = true;
      return;
    }
    const [cert] = chain_of(socket);
    if (cert === undefined) return;
    this.judged = true;
    const problem = this.problem_with(socket, cert);
    if (problem !== null) this.refuse(socket, ...problem);
  }

  private refuse(socket: tls.TLSSocket, verify_code: number, verify_message: string): void {
    this.judged = true;
    this.fail({ reason: 'certificate verify failed', library: 'SSL routines', verify_code, verify_message });
    this.mute = true;
    // The other end hears why, as long as it reads what is not encrypted: in TLS 1.3 a server does, before the client's own
    // keys are in use.
    if (!this.context.settings.server || socket.getProtocol() !== 'TLSv1.3')
      this.now.output.push(Uint8Array.of(21, 3, 3, 0, 2, 2, alert_for(verify_code)));
  }

  /** Hands are shaken, and no certificate was seen: a session goes on whose certificate was good, or a client has none. */
  private accept_without(socket: tls.TLSSocket): void {
    const { settings } = this.context;
    if (socket.isSessionReused()) {
      const verdict = verdict_on(socket);
      if (verdict !== null) this.refuse(socket, ...verdict);
    } else if (!settings.server || settings.verify_mode === CERT_REQUIRED)
      this.refuse(socket, UNSPECIFIED, 'the other end has shown no certificate');
  }

  private problem_with(socket: tls.TLSSocket, der: Uint8Array): [number, string] | null {
    const { check_name, check_address } = this.opening;
    const verdict = verdict_on(socket);
    const code = verdict === null ? 0 : verdict[0];
    // OpenSSL looks at names when it has found the chain, and at times after that.
    if (code === 0 || code === CERT_HAS_EXPIRED || code === CERT_NOT_YET_VALID) {
      const cert = new (node_crypto().X509Certificate)(der);
      const not_for = `certificate is not valid for '${check_name ?? check_address}'.`;
      if (check_name !== null && cert.checkHost(check_name, { partialWildcards: false }) === undefined)
        return [HOSTNAME_MISMATCH, `Hostname mismatch, ${not_for}`];
      if (check_address !== null && cert.checkIP(check_address) === undefined)
        return [ADDRESS_MISMATCH, `IP address mismatch, ${not_for}`];
    }
    return verdict;
  }

  private shaken(socket: tls.TLSSocket): void {
    if (this.established) return;
    this.established = true;
    if (!this.judged) this.judge(socket);
    if (!this.judged) this.accept_without(socket);
    if (this.mute) return;
    const copy = (b: Buffer | undefined): Uint8Array | null => (b === undefined ? null : new Uint8Array(b));
    const session = socket.getSession();
    if (session !== undefined) this.now.session ??= new Uint8Array(session);
    this.now.peer = {
      version: socket.getProtocol() ?? '',
      cipher: socket.getCipher().name,
      alpn: socket.alpnProtocol || null,
      reused: socket.isSessionReused(),
      chain: chain_of(socket),
      finished: copy(socket.getFinished()),
      peer_finished: copy(socket.getPeerFinished()),
    };
  }

  /** `done` gets what came of it when everything is digested. */
  turn(input: Uint8Array | null, plain: Uint8Array | null, last: boolean, done: (turn: HostTlsTurn) => void): void {
    const { pipe } = this;
    const socket = this.socket!;
    let steps = 1;
    const settle = (): void => {
      if (--steps > 0) return;
      // What Node does after a callback comes in ticks and immediates.
      setImmediate(() => setImmediate(() => done(this.take())));
    };
    if (input !== null && !pipe.destroyed) pipe.push(input);
    if (plain !== null && !this.closed && socket.writable) {
      steps++;
      let over = false;
      const once = (): void => {
        if (over) return;
        over = true;
        socket.off('close', once);
        settle();
      };
      socket.once('close', once);
      socket.write(plain, once);
    }
    if (last && socket.writable) socket.end();
    settle();
  }

  private take(): HostTlsTurn {
    const turn = this.now;
    this.now = nothing();
    return turn;
  }

  close(): void {
    this.mute = true;
    this.socket?.destroy();
    this.pipe.destroy();
  }
}

function nothing(): HostTlsTurn {
  return { output: [], plain: [], ended: false, peer: null, session: null, secrets: [], failure: null };
}

function secure_context(s: HostTlsSettings): tls.SecureContext {
  return node_tls().createSecureContext({
    ca: [...s.ca],
    minVersion: VERSIONS[s.min_version]!,
    maxVersion: VERSIONS[s.max_version]!,
    secureOptions: s.options,
    sessionIdContext: SESSION_CONTEXT,
    ciphers: `${SUITES_1_3}:${s.ciphers}`,
    ecdhCurve: s.curve ?? 'auto',
    cert: s.pairs.map(pair => pair.cert),
    key: s.pairs.map(({ key, passphrase }) => ({ pem: key, ...(passphrase === null ? {} : { passphrase }) })),
    ...(s.crl.length > 0 ? { crl: [...s.crl] } : {}),
    ...(s.dh_params === null ? {} : { dhparam: s.dh_params }),
    ...(s.partial_chain ? { allowPartialTrustChain: true } : {}),
  });
}

export class TlsWorker {
  private readonly contexts: Map<number, Context> = new Map();
  private readonly connections: Map<number, Connection> = new Map();
  private readonly answer: (id: number, code: string, tls: TlsAnswer) => void;

  constructor(answer: (id: number, code: string, tls: TlsAnswer) => void) {
    this.answer = answer;
  }

  obey(id: number, order: TlsOrder): void {
    try {
      this.carry_out(id, order);
    } catch (e) {
      const { reason } = failure_of(e as Failure);
      this.answer(id, (e as Failure).code ?? 'ERR_TLS', { reason });
    }
  }

  private carry_out(id: number, order: TlsOrder): void {
    switch (order.op) {
      case 'context':
        this.contexts.set(order.context, { settings: order.settings, secure: secure_context(order.settings) });
        this.answer(id, '', nothing());
        break;
      case 'forget':
        this.contexts.delete(order.context);
        break;
      case 'open':
        this.connections.set(order.connection, new Connection(this.contexts.get(order.context)!, order.opening));
        this.answer(id, '', nothing());
        break;
      case 'turn':
        this.connections
          .get(order.connection)!
          .turn(order.input, order.plain, order.last, turn => this.answer(id, '', turn));
        break;
      default:
        this.connections.get(order.connection)?.close();
        this.connections.delete(order.connection);
    }
  }
}
