// pyc.ts: the file format of compiled modules.     CPython: Lib/importlib/_bootstrap_external.py, PEP 3147, PEP 552
//
// Sixteen bytes, then the marshalled code object: magic number, flags, and either the source's modification time
// and size or (flag bit 0) a hash of its contents, which is compared on import only if bit 1 says so.
import { MAGIC_NUMBER } from '../opcode/opcodes.ts';
import { Code } from './code.ts';
import { dumps, loads } from './marshal.ts';

/** MAGIC_NUMBER as it stands in a file: with CR LF, so that a copy in text mode destroys it. */
const RAW_MAGIC = (MAGIC_NUMBER | (0x0d << 16) | (0x0a << 24)) >>> 0;

const HEADER_SIZE = 16;

/** A failure, with the name of the Python exception it stands for. */
export class PycError {
  readonly type: 'ImportError' | 'EOFError';
  readonly msg: string;
  constructor(type: PycError['type'], msg: string) {
    this.type = type;
    this.msg = msg;
  }
}

/** How a .pyc knows its source: `mtime` in seconds and `size` in bytes, or a hash of eight bytes. */
export type PycStamp =
  | { readonly kind: 'timestamp'; readonly mtime: number; readonly size: number }
  | { readonly kind: 'hash'; readonly hash: Uint8Array; readonly checked: boolean };

/** CPython: _code_to_timestamp_pyc, _code_to_hash_pyc */
export function writePyc(code: Code, stamp: PycStamp): Uint8Array<ArrayBuffer> {
  const body = dumps(code);
  const file = new Uint8Array(HEADER_SIZE + body.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, RAW_MAGIC, true);
  if (stamp.kind === 'timestamp') {
    // Larger values keep their low 32 bits.
    view.setUint32(8, stamp.mtime % 2 ** 32, true);
    view.setUint32(12, stamp.size % 2 ** 32, true);
  } else {
    view.setUint32(4, stamp.checked ? 3 : 1, true);
    file.set(stamp.hash, 8);
  }
  file.set(body, HEADER_SIZE);
  return file;
}

/** A bytes object as repr() shows it. */
function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  let text = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (char === quote || char === '\\') text += `\\${char}`;
    else if (char === '\n') text += '\\n';
    else if (char === '\r') text += '\\r';
    else if (char === '\t') text += '\\t';
    else if (byte >= 32 && byte < 127) text += char;
    else text += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `b${quote}${text}${quote}`;
}

function repr(name: string): string {
  const quote = name.includes("'") && !name.includes('"') ? '"' : "'";
  return quote + name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** Checks magic number and flags, and reads the stamp. CPython: _classify_pyc */
export function readPycStamp(file: Uint8Array, name: string): PycStamp {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint32(0, true) !== RAW_MAGIC) {
    throw new PycError('ImportError', `bad magic number in ${repr(name)}: ${reprBytes(file.subarray(0, 4))}`);
  }
  if (file.length < HEADER_SIZE)
    throw new PycError('EOFError', `reached EOF while reading pyc header of ${repr(name)}`);
  const flags = view.getUint32(4, true);
  if (flags & ~0b11) throw new PycError('ImportError', `invalid flags ${flags} in ${repr(name)}`);
  if (flags & 1) return { kind: 'hash', hash: file.slice(8, 16), checked: (flags & 2) !== 0 };
  return { kind: 'timestamp', mtime: view.getUint32(8, true), size: view.getUint32(12, true) };
}

/** Throws if the stamp is not that of the source. CPython: _validate_timestamp_pyc, _validate_hash_pyc */
export function checkPycStamp(found: PycStamp, source: PycStamp, name: string): void {
  if (found.kind === 'timestamp' && source.kind === 'timestamp') {
    if (found.mtime !== source.mtime % 2 ** 32 || found.size !== source.size % 2 ** 32) {
      throw new PycError('ImportError', `bytecode is stale for ${repr(name)}`);
    }
  } else if (found.kind === 'hash' && source.kind === 'hash') {
    if (found.hash.some((byte, i) => byte !== source.hash[i])) {
      throw new PycError('ImportError', `hash in bytecode doesn't match hash of source ${repr(name)}`);
    }
  }
}

/** The code object of a file whose header was checked. `path` is the file's own. CPython: _compile_bytecode */
export function readPycCode(file: Uint8Array, path: string): Code {
  const code = loads(file, HEADER_SIZE);
  if (!(code instanceof Code)) throw new PycError('ImportError', `Non-code object in ${repr(path)}`);
  return code;
}

/** The hash of a source's bytes that a hash-based .pyc holds: SipHash-1-3 keyed with the magic number. CPython: _imp.source_hash */
export function sourceHash(source: Uint8Array): Uint8Array<ArrayBuffer> {
  // 64-bit words as pairs of 32-bit halves, low half first: v0, v1, v2, v3.
  const v = new Uint32Array(8);
  v[0] = 0x70736575 ^ RAW_MAGIC;
  v[1] = 0x736f6d65;
  v[2] = 0x6e646f6d;
  v[3] = 0x646f7261;
  v[4] = 0x6e657261 ^ RAW_MAGIC;
  v[5] = 0x6c796765;
  v[6] = 0x79746573;
  v[7] = 0x74656462;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const whole = source.length - (source.length % 8);
  for (let i = 0; i < whole; i += 8) sipBlock(v, view.getUint32(i, true), view.getUint32(i + 4, true));
  const tail = new Uint8Array(8);
  tail.set(source.subarray(whole));
  tail[7] = source.length & 0xff;
  const last = new DataView(tail.buffer);
  sipBlock(v, last.getUint32(0, true), last.getUint32(4, true));
  v[4]! ^= 0xff;
  for (let i = 0; i < 3; i++) sipRound(v);
  const hash = new Uint8Array(8);
  const out = new DataView(hash.buffer);
  out.setUint32(0, (v[0]! ^ v[2]! ^ v[4]! ^ v[6]!) >>> 0, true);
  out.setUint32(4, (v[1]! ^ v[3]! ^ v[5]! ^ v[7]!) >>> 0, true);
  return hash;
}

function sipBlock(v: Uint32Array, low: number, high: number): void {
  v[6]! ^= low;
  v[7]! ^= high;
  sipRound(v);
  v[0]! ^= low;
  v[1]! ^= high;
}

/** v[to] += v[from], in 64 bits; both are indices of low halves. */
function add(v: Uint32Array, to: number, from: number): void {
  const low = v[to]! + v[from]!;
  v[to] = low;
  v[to + 1] = v[to + 1]! + v[from + 1]! + (low > 0xffffffff ? 1 : 0);
}

/** v[at] = rotate-left(v[at], bits) ^ v[other], in 64 bits. */
function rotateXor(v: Uint32Array, at: number, bits: number, other: number): void {
  let low = v[at]!;
  let high = v[at + 1]!;
  if (bits >= 32) [low, high, bits] = [high, low, bits - 32];
  if (bits > 0) [low, high] = [(low << bits) | (high >>> (32 - bits)), (high << bits) | (low >>> (32 - bits))];
  v[at] = low ^ v[other]!;
  v[at + 1] = high ^ v[other + 1]!;
}

function sipRound(v: Uint32Array): void {
  add(v, 0, 2);
  rotateXor(v, 2, 13, 0);
  rotate32(v, 0);
  add(v, 4, 6);
  rotateXor(v, 6, 16, 4);
  add(v, 0, 6);
  rotateXor(v, 6, 21, 0);
  add(v, 4, 2);
  rotateXor(v, 2, 17, 4);
  rotate32(v, 4);
}

function rotate32(v: Uint32Array, at: number): void {
  const low = v[at]!;
  v[at] = v[at + 1]!;
  v[at + 1] = low;
}
