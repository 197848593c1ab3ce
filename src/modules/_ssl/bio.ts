// bio.ts: MemoryBIO, a queue of bytes.                                                        CPython: Modules/_ssl.c:MemoryBIO
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject, PyTypeObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { c_int, none, read_buffer, release, type_name } from '../args.ts';
import { raise_plain } from './errors.ts';

const NOTHING = new Uint8Array(0);

/** Bytes in the order in which they came. */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  /** Bytes of the first chunk that were taken. */
  private taken = 0;
  length = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  /** Copies bytes from the front without taking them. */
  peek(n: number): Uint8Array {
    const out = new Uint8Array(Math.min(n, this.length));
    let at = 0;
    let skip = this.taken;
    for (const chunk of this.chunks) {
      if (at >= out.length) break;
      const piece = chunk.subarray(skip, skip + out.length - at);
      out.set(piece, at);
      at += piece.length;
      skip = 0;
    }
    return out;
  }

  /** Takes up to n bytes. */
  take(n: number): Uint8Array {
    if (n <= 0 || this.length === 0) return NOTHING;
    const out = this.peek(n);
    this.drop(out.length);
    return out;
  }

  drop(n: number): void {
    this.length -= n;
    let left = n;
    while (left > 0) {
      const rest = this.chunks[0]!.length - this.taken;
      if (left < rest) {
        this.taken += left;
        return;
      }
      left -= rest;
      this.taken = 0;
      this.chunks.shift();
    }
  }
}

export class Bio {
  readonly queue = new ByteQueue();
  eof_written = false;
}

export type BioObject = PyObject<Bio>;

function bio_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  PyArg_Clinic('MemoryBIO', '()', args, kwargs);
  return type.tp_alloc!(type, new Bio());
}

function bio_read(self: PyObject, size: PyObject | null): PyObject {
  const { queue } = (self as BioObject).v;
  const n = size === null ? -1 : c_int(size);
  return PyBytes_FromUint8Array(queue.take(n < 0 ? queue.length : n));
}

function bio_write(self: PyObject, b: PyObject): PyObject {
  const bio = (self as BioObject).v;
  const view = read_buffer(b);
  try {
    if (bio.eof_written) raise_plain('cannot write() after write_eof()');
    bio.queue.push(view.bytes.slice());
    return PyLong_FromLong(view.bytes.length);
  } finally {
    release(view);
  }
}

function bio_write_eof(self: PyObject): PyObject {
  (self as BioObject).v.eof_written = true;
  return none();
}

function at_eof(self: PyObject): PyObject {
  const { queue, eof_written } = (self as BioObject).v;
  return PyBool_FromLong(eof_written && queue.length === 0);
}

export const bio_type: PyTypeObject = module_type('_ssl', {
  name: '_ssl.MemoryBIO',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_new: bio_new,
  methods: [
    { name: 'read', flags: METH_CLINIC, meth: bio_read, sig: '($self, size=-1, /)' },
    { name: 'write', flags: METH_O, meth: bio_write, sig: '($self, b, /)' },
    { name: 'write_eof', flags: METH_NOARGS, meth: bio_write_eof, sig: '($self, /)' },
  ],
  getset: [
    { name: 'pending', get: self => PyLong_FromLong((self as BioObject).v.queue.length) },
    { name: 'eof', get: at_eof },
  ],
});

/** The queue of an argument that must be a MemoryBIO. */
export function bio_arg(o: PyObject, which: string): Bio {
  if (o.ob_type !== bio_type)
    PyErr_SetString(PyExc_TypeError, `_wrap_bio() argument '${which}' must be _ssl.MemoryBIO, not ${type_name(o)}`);
  return (o as BioObject).v;
}
