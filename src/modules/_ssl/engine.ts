// engine.ts: a connection: records come and go, the host encrypts and decrypts, the thread waits where it must.
//                                                                                         CPython: Modules/_ssl.c:PySSLSocket
//
// All that may wait are steps (vm/steps.ts). As OpenSSL does, no more is read than the record that is needed: what follows the
// end of TLS stays where it is, for whoever goes on without.
// Invariant: `out` is sent before anything else is waited for.
import { PyErr_SetString, Raised } from '../../core/errors.ts';
import { POLLIN, POLLOUT } from '../../core/host.ts';
import type {
  HostTlsConnection,
  HostTlsContext,
  HostTlsFailure,
  HostTlsPeer,
  HostTlsTurn,
} from '../../core/host_tls.ts';
import { decref, newref, type PyObject } from '../../core/object.ts';
import { PyExc_TimeoutError } from '../../objects/exceptions.ts';
import { Py_None } from '../../objects/object.ts';
import type { Steps } from '../../vm/steps.ts';
import { host, system } from '../args.ts';
import { ByteQueue } from './bio.ts';
import {
  LINE,
  raise_closed,
  raise_eof,
  raise_eof_again,
  raise_failure,
  raise_reason,
  raise_want,
  SSL_ERROR_SSL,
} from './errors.ts';
import { type Hello, parse_hello } from './hello.ts';
import { type ContextState, OP_IGNORE_UNEXPECTED_EOF } from './state.ts';
import { judge_chain } from './verify.ts';
import type { Wire } from './wire.ts';

const HEADER = 5;
/** What the host encrypts in one turn. */
const PIECE = 1 << 18;

/** What a method does: for texts, and how long it may take. */
export interface Act {
  readonly name: 'handshake' | 'read' | 'write' | 'shutdown';
  readonly line: number;
  /** In the host's monotonic nanoseconds; negative: none. */
  readonly deadline: bigint;
}

/** Chooses what a server answers a client with. */
export type Choose = (hello: Hello) => Steps<Choice>;
export interface Choice {
  context: HostTlsContext;
  alpn: string[];
  /** An alert to refuse with; negative: none. */
  alert: number;
}

export class Tls {
  readonly context: ContextState;
  readonly wire: Wire;
  /** A client's: opens the connection. A server has none. */
  private readonly dial: (() => HostTlsConnection) | null;
  /** A server's: makes its choice when the client has said hello. */
  private readonly choose: Choose;
  private connection: HostTlsConnection | null = null;
  /** What came and is no whole record yet. */
  private readonly incoming = new ByteQueue();
  /** What a client has said before there was a connection for it. */
  private readonly first = new ByteQueue();
  private readonly out = new ByteQueue();
  readonly plain = new ByteQueue();
  hello: Hello | null = null;
  peer: HostTlsPeer | null = null;
  /** The newest session that there is. */
  session: Uint8Array | null = null;
  /** Certificates of the session that this one goes on with. */
  known_chain: Uint8Array[] = [];
  private ended = false;
  private shut = false;
  private broken_off = false;
  private failure: HostTlsFailure | null = null;
  /** Bytes of a write() that were encrypted and not all sent when it gave up: it is to be called again. */
  private unsent = 0;

  constructor(context: ContextState, wire: Wire, dial: (() => HostTlsConnection) | null, choose: Choose) {
    this.context = context;
    this.wire = wire;
    this.dial = dial;
    this.choose = choose;
  }

  get server(): boolean {
    return this.dial === null;
  }

  act(name: Act['name']): Act {
    const timeout = this.wire.timeout();
    const deadline = timeout > 0n ? host().clock.monotonic_ns() + timeout : -1n;
    return { name, line: LINE[name], deadline };
  }

  close(): void {
    this.connection?.close();
    this.connection = null;
  }

  // --- the wire -------------------------------------------------------------------------------------------------------------

  private *wait(events: number, act: Act): Steps<void> {
    const { wire } = this;
    const timeout = wire.timeout();
    if (timeout === 0n) raise_want(events === POLLIN, act.line);
    let left = -1n;
    if (act.deadline >= 0n) {
      left = act.deadline - host().clock.monotonic_ns();
      if (left <= 0n) {
        const what = act.name === 'handshake' ? act.name : events === POLLIN ? 'read' : 'write';
        const place = act.name === 'handshake' ? `_ssl.c:${LINE.handshake_timeout}: ` : '';
        PyErr_SetString(PyExc_TimeoutError, `${place}The ${what} operation timed out`);
      }
    }
    const over = (): PyObject => newref(Py_None);
    const fd = wire.descriptor();
    decref(
      yield {
        attempt: over,
        expired: over,
        timeout_ns: left,
        fds: [{ fd, events, revents: 0 }],
        external: true,
        what: () => `TLS on descriptor ${fd}`,
      },
    );
  }

  private *flush(act: Act): Steps<void> {
    while (!this.flush_now()) yield* this.wait(POLLOUT, act);
  }

  /** Sends what can be sent now; whether that is all. */
  private flush_now(): boolean {
    while (this.out.length > 0) {
      const n = system(() => this.wire.send(this.out.peek(PIECE)));
      if (n < 0) return false;
      this.out.drop(n);
    }
    return true;
  }

  /** How many bytes the next record still needs; 0: it is there, or what is there is none. */
  private missing(): number {
    const { incoming } = this;
    if (incoming.length < HEADER) return HEADER - incoming.length;
    const head = incoming.peek(HEADER);
    if (head[0]! < 20 || head[0]! > 24 || head[1] !== 3) return 0;
    return Math.max(0, HEADER + ((head[3]! << 8) | head[4]!) - incoming.length);
  }

  private take_record(): Uint8Array {
    const { incoming } = this;
    const head = incoming.peek(HEADER);
    if (head[0]! < 20 || head[0]! > 24 || head[1] !== 3) return incoming.take(incoming.length);
    return incoming.take(HEADER + ((head[3]! << 8) | head[4]!));
  }

  /** The next record, and no more: programs wait for descriptors, which tell nothing of what was read too early. Null: the end. */
  private *record(act: Act): Steps<Uint8Array | null> {
    for (;;) {
      const n = this.missing();
      if (n === 0) return this.take_record();
      const got = system(() => this.wire.receive(n));
      if (got === null) yield* this.wait(POLLIN, act);
      else if (got.length === 0) return null;
      else this.incoming.push(got);
    }
  }

  // --- the host -------------------------------------------------------------------------------------------------------------

  private turn(input: Uint8Array | null, plain: Uint8Array | null, last = false): void {
    this.absorb(this.connection!.turn(input, plain, last));
  }

  private absorb(turn: HostTlsTurn): void {
    for (const bytes of turn.output) this.out.push(bytes);
    for (const bytes of turn.plain) this.plain.push(bytes);
    if (turn.ended) this.ended = true;
    if (turn.session !== null) this.session = turn.session;
    if (turn.secrets.length > 0) this.log_secrets(turn.secrets);
    this.failure ??= turn.failure;
    if (turn.peer === null) return;
    if (turn.peer.reused && turn.peer.chain.length === 0) turn.peer.chain = this.known_chain;
    this.failure ??= judge_chain(this.context, turn.peer);
    if (this.failure !== null) return;
    this.peer = turn.peer;
    this.context.used(turn.peer.chain);
    this.context.count(this.server ? 'accept_good' : 'connect_good');
    if (this.peer.reused) this.context.count('hits');
  }

  private log_secrets(lines: readonly Uint8Array[]): void {
    const { keylog_fd } = this.context;
    if (keylog_fd < 0) return;
    for (const line of lines) system(() => host().files.write(keylog_fd, line));
  }

  /** Raises what the connection has failed by, when the other end was told. */
  private *fail(act: Act): Steps<void> {
    const { failure } = this;
    if (failure === null) return;
    try {
      yield* this.flush(act);
    } catch (e) {
      // What it failed by counts, not that nobody wants to hear of it.
      if (!(e instanceof Raised)) throw e;
      decref(e.exc);
    }
    raise_failure(failure, act.line);
  }

  /** The other end is gone without a word. */
  private break_off(act: Act): never {
    this.broken_off = true;
    raise_eof(act.line);
  }

  // --- what programs do -----------------------------------------------------------------------------------------------------

  private *begin(act: Act): Steps<void> {
    const { context } = this;
    if (this.dial !== null) {
      context.count('connect');
      this.connection = this.dial();
      this.turn(null, null);
      return;
    }
    // The whole of it is needed before anything can be answered.
    const { first } = this;
    while (this.hello === null) {
      const record = yield* this.record(act);
      if (record === null) this.break_off(act);
      first.push(record);
      this.hello = parse_hello(first.peek(first.length));
    }
    const { hello } = this;
    context.count('accept');
    const choice = yield* this.choose(hello);
    if (choice.alert >= 0) {
      this.out.push(Uint8Array.of(21, 3, 3, 0, 2, 2, choice.alert));
      this.failure = { reason: 'callback failed', library: 'SSL routines', verify_code: 0, verify_message: '' };
      return;
    }
    this.connection = choice.context.open({
      server_name: null,
      check_name: null,
      check_address: null,
      alpn: choice.alpn,
      session: null,
    });
    this.turn(first.take(first.length), null);
  }

  *handshake(act: Act): Steps<void> {
    if (this.broken_off) raise_eof_again();
    if (this.peer !== null) {
      yield* this.flush(act);
      return;
    }
    if (this.connection === null && this.failure === null) yield* this.begin(act);
    for (;;) {
      yield* this.fail(act);
      yield* this.flush(act);
      if (this.peer !== null) return;
      const record = yield* this.record(act);
      if (record === null) this.break_off(act);
      this.turn(record, null);
    }
  }

  /** Up to n bytes; none: the other end has said that it will send no more. */
  *read(n: number, act: Act): Steps<Uint8Array> {
    if (this.peer === null) yield* this.handshake(act);
    if (this.broken_off) raise_eof_again();
    for (;;) {
      if (this.plain.length > 0) return this.plain.take(n);
      yield* this.fail(act);
      if (this.ended && this.shut) raise_closed(act.line);
      if (this.ended) return this.plain.take(0);
      // Waiting for room here could wait for somebody who waits for being read from.
      this.flush_now();
      const record = yield* this.record(act);
      if (record === null) {
        if ((this.context.options & OP_IGNORE_UNEXPECTED_EOF) === 0) this.break_off(act);
        this.ended = true;
        continue;
      }
      this.turn(record, null);
      this.flush_now();
    }
  }

  *write(data: Uint8Array, act: Act): Steps<number> {
    yield* this.handshake(act);
    yield* this.fail(act);
    if (this.shut) raise_reason(SSL_ERROR_SSL, 'SSL', 'PROTOCOL_IS_SHUTDOWN', 'protocol is shutdown', act.line);
    if (this.unsent > 0) {
      if (data.length < this.unsent) raise_reason(SSL_ERROR_SSL, 'SSL', 'BAD_LENGTH', 'bad length', act.line);
      const n = this.unsent;
      yield* this.flush(act);
      this.unsent = 0;
      return n;
    }
    for (let at = 0; at < data.length; at += PIECE) {
      this.turn(null, data.subarray(at, at + PIECE));
      this.unsent = Math.min(data.length, at + PIECE);
      yield* this.fail(act);
      yield* this.flush(act);
    }
    this.unsent = 0;
    return data.length;
  }

  /** Says that no more will be sent, and waits for the other end to say so. */
  *shutdown(act: Act): Steps<void> {
    yield* this.fail(act);
    if (!this.shut) {
      this.shut = true;
      this.turn(null, null, true);
    }
    yield* this.flush(act);
    while (!this.ended) {
      const late = 'APPLICATION_DATA_AFTER_CLOSE_NOTIFY';
      if (this.plain.length > 0)
        raise_reason(SSL_ERROR_SSL, 'SSL', late, 'application data after close notify', act.line);
      yield* this.fail(act);
      const record = yield* this.record(act);
      if (record === null) this.break_off(act);
      this.turn(record, null);
    }
  }
}
