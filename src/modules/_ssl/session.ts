// session.ts: SSLSession, what a client keeps to go on with a session.               CPython: Modules/_ssl.c:PySSLSession
//
// Node gives sessions as OpenSSL writes them (i2d_SSL_SESSION): a sequence with tagged fields.
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_NotImplemented } from '../../objects/object.ts';
import { Malformed, node_at, parts, small_integer } from './der.ts';
import { same_bytes } from './x509.ts';

export class Session {
  readonly data: Uint8Array;
  /** The context that it belongs to; owned. */
  readonly context: PyObject;
  /** The certificates of the other end, which Node does not tell of when a session goes on. */
  readonly chain: Uint8Array[];
  id: Uint8Array = new Uint8Array(0);
  time = 0;
  timeout = 0;
  lifetime_hint = 0;
  has_ticket = false;

  constructor(data: Uint8Array, context: PyObject, chain: Uint8Array[]) {
    this.data = data;
    this.chain = chain;
    this.context = newref(context);
    try {
      this.read();
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
    }
  }

  private read(): void {
    const fields = parts(node_at(this.data, 0));
    this.id = fields[3]!.content;
    for (const f of fields) {
      if ((f.tag & 0xe0) !== 0xa0) continue;
      const value = node_at(f.content, 0).content;
      if (f.tag === 0xa1) this.time = small_integer(value);
      else if (f.tag === 0xa2) this.timeout = small_integer(value);
      else if (f.tag === 0xa9) this.lifetime_hint = small_integer(value);
      else if (f.tag === 0xaa) this.has_ticket = value.length > 0;
    }
  }
}

export type SessionObject = PyObject<Session>;

function state(self: PyObject): Session {
  return (self as SessionObject).v;
}

function compare(self: PyObject, other: PyObject, op: number): PyObject {
  if (other.ob_type !== session_type || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  return PyBool_FromLong(same_bytes(state(self).id, state(other).id) === (op === Py_EQ));
}

function session_dealloc(self: PyObject): void {
  const { context } = state(self);
  release_instance(self);
  decref(context);
}

export const session_type: PyTypeObject = module_type('_ssl', {
  name: '_ssl.SSLSession',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: session_dealloc,
  tp_richcompare: compare,
  getset: [
    { name: 'has_ticket', get: self => PyBool_FromLong(state(self).has_ticket) },
    { name: 'id', get: self => PyBytes_FromUint8Array(state(self).id) },
    { name: 'ticket_lifetime_hint', get: self => PyLong_FromLong(state(self).lifetime_hint) },
    { name: 'time', get: self => PyLong_FromLong(state(self).time) },
    { name: 'timeout', get: self => PyLong_FromLong(state(self).timeout) },
  ],
});

export function session_object(data: Uint8Array, context: PyObject, chain: Uint8Array[]): PyObject {
  return session_type.tp_alloc!(session_type, new Session(data, context, chain));
}
