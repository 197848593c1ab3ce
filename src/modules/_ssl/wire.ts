// wire.ts: what is under a connection: a socket, or a pair of MemoryBIOs.
import { decref, type PyObject } from '../../core/object.ts';
import { _PyWeakref_GET_REF } from '../../objects/weakrefobject.ts';
import { type SocketData, sockets } from '../_socket/common.ts';
import type { Bio } from './bio.ts';
import { raise_plain, raise_ssl, SSLError } from './errors.ts';

/** SSL_ERROR_NO_SOCKET of CPython's own. */
const NO_SOCKET = 9;

export interface Wire {
  /** Nanoseconds that a call may wait; -1n: any time. */
  timeout(): bigint;
  /** Up to n bytes; none: the end; null: none yet. HostError. */
  receive(n: number): Uint8Array | null;
  /** How many bytes were taken; -1: none yet. HostError. */
  send(data: Uint8Array): number;
  descriptor(): number;
}

export class SocketWire implements Wire {
  /** A weak reference (owned) to the socket. */
  readonly ref: PyObject;
  constructor(ref: PyObject) {
    this.ref = ref;
  }

  private data(): SocketData {
    const socket = _PyWeakref_GET_REF(this.ref);
    if (socket === null) raise_ssl(SSLError, NO_SOCKET, 'Underlying socket connection gone');
    const data = socket.v as SocketData;
    decref(socket);
    if (data.fd < 0) raise_plain('Underlying socket has been closed.');
    return data;
  }

  timeout(): bigint {
    return this.data().timeout;
  }
  descriptor(): number {
    return this.data().fd;
  }
  receive(n: number): Uint8Array | null {
    const into = new Uint8Array(n);
    const got = sockets().recv_now(this.data().fd, into, 0, 0);
    return got === null ? null : into.subarray(0, got.n);
  }
  send(data: Uint8Array): number {
    return sockets().send_now(this.data().fd, data, null, []);
  }
}

export class BioWire implements Wire {
  readonly incoming: Bio;
  readonly outgoing: Bio;
  constructor(incoming: Bio, outgoing: Bio) {
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  timeout(): bigint {
    return 0n;
  }
  descriptor(): number {
    return -1;
  }
  receive(n: number): Uint8Array | null {
    const { queue, eof_written } = this.incoming;
    return queue.length === 0 && !eof_written ? null : queue.take(n);
  }
  send(data: Uint8Array): number {
    this.outgoing.queue.push(data);
    return data.length;
  }
}
