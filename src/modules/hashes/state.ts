// state.ts: a hash that is being computed, by the host or by the npm package @noble/hashes.
//
// Little data is gathered first: most hashes are of one short piece, which hosts digest faster at once, and many short pieces are
// handed over faster as one. A running hash of the host is started when more comes. BLAKE2 is our own (blake2.ts): hosts know it only without its parameters.

import { PyErr_SetString } from '../../core/errors.ts';
import type { HostHash } from '../../core/host.ts';
import type { PyObject } from '../../core/object.ts';
import { PyBUF_SIMPLE } from '../../core/spec.ts';
import { PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer } from '../../objects/abstract.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { host } from '../args.ts';
import { Blake2b, Blake2s } from './blake2.ts';

declare const require: (name: string) => unknown;

export interface Algorithm {
  name: string;
  /** Bytes; 0 if any number can be had. */
  digest_size: number;
  block_size: number;
}

function sizes(text: string): Map<string, Algorithm> {
  const map = new Map<string, Algorithm>();
  for (const row of text.split(' ')) {
    const [name, digest, block] = row.split(':') as [string, string, string];
    map.set(name, { name, digest_size: +digest, block_size: +block });
  }
  return map;
}

const TABLE =
  'md5:16:64 sha1:20:64 sha224:28:64 sha256:32:64 sha384:48:128 sha512:64:128 sha512_224:28:128 sha512_256:32:128 ' +
  'sha3_224:28:144 sha3_256:32:136 sha3_384:48:104 sha3_512:64:72 shake_128:0:168 shake_256:0:136 ' +
  'ripemd160:20:64 sm3:32:64 md5-sha1:36:64 blake2b:64:128 blake2s:32:64';

const known: { map: Map<string, Algorithm> | null } = { map: null };

/** All algorithms by name. */
export function algorithms(): ReadonlyMap<string, Algorithm> {
  known.map ??= sizes(TABLE);
  return known.map;
}

export function algorithm(name: string): Algorithm {
  return algorithms().get(name)!;
}

// --- without a host --------------------------------------------------------------------------------------------------

interface NobleHash {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  xof(length: number): Uint8Array;
  clone(): NobleHash;
}
type NobleModule = Record<string, { create(options?: unknown): NobleHash }>;

class PortableHash implements HostHash {
  private readonly h: NobleHash;
  private readonly any_length: boolean;
  constructor(h: NobleHash, any_length: boolean) {
    this.h = h;
    this.any_length = any_length;
  }
  update(data: Uint8Array): void {
    this.h.update(data);
  }
  digest(length: number): Uint8Array {
    return this.any_length ? this.h.clone().xof(length) : this.h.digest();
  }
  copy(): HostHash {
    return new PortableHash(this.h.clone(), this.any_length);
  }
}

/** The digests of two hashes, one after the other. */
class JoinedHash implements HostHash {
  private readonly parts: HostHash[];
  constructor(parts: HostHash[]) {
    this.parts = parts;
  }
  update(data: Uint8Array): void {
    for (const part of this.parts) part.update(data);
  }
  digest(length: number): Uint8Array {
    return Uint8Array.from(this.parts.flatMap(part => [...part.digest(length)]));
  }
  copy(): HostHash {
    return new JoinedHash(this.parts.map(part => part.copy()));
  }
}

/** A running hash by @noble/hashes, or null if it does not know the algorithm. */
export function portable_hash(name: string): HostHash | null {
  if (name === 'blake2b') return new Blake2b();
  if (name === 'blake2s') return new Blake2s();
  if (name === 'md5-sha1') return new JoinedHash([portable_hash('md5')!, portable_hash('sha1')!]);
  let module: NobleModule;
  if (name.startsWith('sha3') || name.startsWith('shake')) module = require('@noble/hashes/sha3.js') as NobleModule;
  else if (['md5', 'sha1', 'ripemd160'].includes(name)) module = require('@noble/hashes/legacy.js') as NobleModule;
  else module = require('@noble/hashes/sha2.js') as NobleModule;
  const make = module[name.startsWith('shake') ? name.replace('_', '') : name];
  return make === undefined ? null : new PortableHash(make.create(), name.startsWith('shake'));
}

// --- the state --------------------------------------------------------------------------------------------------------

/** Most bytes that are gathered. */
const SMALL = 8192;

/** Where two short pieces are put together for those who read them at once. */
const joined = /* @__PURE__ */ new Uint8Array(256);
/** Its first bytes, by their number. */
const joined_views: (Uint8Array | undefined)[] = [];

export class HashState {
  readonly algorithm: Algorithm;
  readonly digest_size: number;
  /** The first `gathered` bytes are data that the stream has not got yet. */
  private buffer: Uint8Array = NOTHING;
  private gathered = 0;
  /** `buffer` is somebody else's, all of it data; and so is what comes after it, if not null. */
  private borrowed = false;
  private after: Uint8Array | null = null;
  private stream: HostHash | null;

  constructor(a: Algorithm, stream: HostHash | null = null, digest_size = a.digest_size) {
    this.algorithm = a;
    this.stream = stream;
    this.digest_size = digest_size;
  }

  private data(): Uint8Array {
    const { after } = this;
    if (after !== null) {
      joined.set(this.buffer);
      joined.set(after, this.buffer.length);
      return (joined_views[this.gathered] ??= joined.subarray(0, this.gathered));
    }
    return this.gathered === this.buffer.length ? this.buffer : this.buffer.subarray(0, this.gathered);
  }

  /** The stream, which has got everything. */
  private flushed(): HostHash {
    if (this.stream === null) {
      const { name } = this.algorithm;
      this.stream = host().hash?.(name) ?? portable_hash(name);
      if (this.stream === null) PyErr_SetString(PyExc_ValueError, `unsupported hash type ${name}`);
    }
    if (this.gathered > 0) this.stream.update(this.data());
    this.gathered = 0;
    this.after = null;
    return this.stream;
  }

  /** `lasting`: nobody will change these bytes. */
  update(data: Uint8Array, lasting = false): void {
    const { buffer, gathered } = this;
    const n = data.length;
    if (this.borrowed || gathered + n > buffer.length) {
      this.update_otherwise(data, lasting);
      return;
    }
    if (n < 32) for (let i = 0; i < n; i++) buffer[gathered + i] = data[i]!;
    else buffer.set(data, gathered);
    this.gathered = gathered + n;
  }

  /** update() where `buffer` has no room. */
  private update_otherwise(data: Uint8Array, lasting: boolean): void {
    const n = data.length;
    if (n > SMALL) {
      this.flushed().update(data);
      return;
    }
    if (this.gathered + n > SMALL) this.flushed();
    const wanted = this.gathered + n;
    if (lasting && this.buffer.length === 0) {
      this.buffer = data;
      this.gathered = n;
      this.borrowed = true;
      return;
    }
    if (lasting && this.borrowed && this.gathered > 0 && this.after === null && wanted <= joined.length) {
      this.after = data;
      this.gathered = wanted;
      return;
    }
    if (this.borrowed || wanted > this.buffer.length) {
      const buffer = new Uint8Array(this.gathered === 0 ? wanted : Math.min(2 * wanted, SMALL));
      if (this.gathered > 0) buffer.set(this.data());
      this.buffer = buffer;
      this.borrowed = false;
      this.after = null;
    }
    this.buffer.set(data, this.gathered);
    this.gathered = wanted;
  }

  digest(length = this.digest_size): Uint8Array {
    if (length === 0) return NOTHING;
    if (this.stream === null && this.algorithm.digest_size > 0) {
      const quick = host().hash_once?.(this.algorithm.name, this.data()) ?? null;
      if (quick !== null) return quick;
    }
    return this.flushed().copy().digest(length);
  }

  copy(): HashState {
    const copy = new HashState(this.algorithm, this.stream?.copy() ?? null, this.digest_size);
    copy.buffer = this.borrowed ? this.buffer : this.data().slice();
    copy.gathered = this.gathered;
    copy.borrowed = this.borrowed;
    copy.after = this.after;
    return copy;
  }
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** The keyed-hash message authentication code of RFC 2104. */
export class HmacState {
  readonly inner: HashState;
  /** What the outer hash begins with. */
  private readonly outer_block: Uint8Array;

  private constructor(inner: HashState, outer_block: Uint8Array) {
    this.inner = inner;
    this.outer_block = outer_block;
  }

  static make(a: Algorithm, key: Uint8Array): HmacState {
    let short = key;
    if (key.length > a.block_size) {
      const h = new HashState(a);
      h.update(key);
      short = h.digest();
    }
    const padded = (byte: number): Uint8Array => {
      const block = new Uint8Array(a.block_size).fill(byte);
      for (let i = 0; i < short.length; i++) block[i]! ^= short[i]!;
      return block;
    };
    const inner = new HashState(a);
    inner.update(padded(0x36), true);
    return new HmacState(inner, padded(0x5c));
  }

  update(data: Uint8Array, lasting = false): void {
    this.inner.update(data, lasting);
  }

  digest(): Uint8Array {
    const outer = new HashState(this.inner.algorithm);
    outer.update(this.outer_block, true);
    outer.update(this.inner.digest(), true);
    return outer.digest();
  }

  copy(): HmacState {
    return new HmacState(this.inner.copy(), this.outer_block);
  }
}

/** Calls with the bytes of an object that is to be hashed. CPython: GET_BUFFER_VIEW_OR_ERROUT */
export function with_bytes<T>(o: PyObject, use: (bytes: Uint8Array) => T): T {
  if (PyBytes_Check(o)) return use(o.v as Uint8Array);
  if (PyUnicode_Check(o)) PyErr_SetString(PyExc_TypeError, 'Strings must be encoded before hashing');
  if (!PyObject_CheckBuffer(o)) PyErr_SetString(PyExc_TypeError, 'object supporting the buffer API required');
  const view = PyObject_GetBuffer(o, PyBUF_SIMPLE);
  try {
    return use(view.buf.subarray(view.offset, view.offset + view.len));
  } finally {
    PyBuffer_Release(view);
  }
}

/** Hashes the bytes of an object. */
export function hash_object(state: HashState | HmacState, o: PyObject): void {
  if (PyBytes_Check(o)) state.update(o.v as Uint8Array, true);
  else with_bytes(o, bytes => state.update(bytes));
}
