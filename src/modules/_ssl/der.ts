// der.ts: reads DER, the encoding of certificates.                                                      ITU-T X.690
//
// Invariant: a node's content lies within its parent's. What does not raises Malformed.

export class Malformed {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

export interface Node {
  /** The first byte: class, form and (below 31) number. */
  tag: number;
  content: Uint8Array;
  /** With tag and length. */
  whole: Uint8Array;
}

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OBJECT = 0x06;
export const UTF8_STRING = 0x0c;
export const BMP_STRING = 0x1e;
export const UNIVERSAL_STRING = 0x1c;
export const GENERALIZED_TIME = 0x18;
export const SEQUENCE = 0x30;

/** The node that begins at a position. */
export function node_at(bytes: Uint8Array, at: number): Node {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) throw new Malformed('cut off');
  if ((tag & 31) === 31) throw new Malformed('long tag');
  let from = at + 2;
  if (length & 0x80) {
    const n = length & 0x7f;
    if (n === 0 || n > 4) throw new Malformed('length');
    length = 0;
    for (let i = 0; i < n; i++) length = length * 256 + (bytes[from + i] ?? 0);
    from += n;
  }
  if (from + length > bytes.length) throw new Malformed('cut off');
  return { tag, content: bytes.subarray(from, from + length), whole: bytes.subarray(at, from + length) };
}

/** All nodes, one after the other. */
export function nodes(bytes: Uint8Array): Node[] {
  const out: Node[] = [];
  for (let at = 0; at < bytes.length; ) {
    const node = node_at(bytes, at);
    out.push(node);
    at += node.whole.length;
  }
  return out;
}

export function parts(node: Node | undefined): Node[] {
  if (node === undefined || (node.tag & 0x20) === 0) throw new Malformed('not constructed');
  return nodes(node.content);
}

/** The dotted form of an object identifier. */
export function oid_text(content: Uint8Array): string {
  const numbers: bigint[] = [];
  let n = 0n;
  for (const b of content) {
    n = (n << 7n) | BigInt(b & 0x7f);
    if (b & 0x80) continue;
    if (numbers.length === 0) {
      const first = n < 40n ? 0n : n < 80n ? 1n : 2n;
      numbers.push(first, n - first * 40n);
    } else numbers.push(n);
    n = 0n;
  }
  return numbers.join('.');
}

/** A string of one of ASN.1's types, as text. */
export function string_text({ tag, content }: Node): string {
  if (tag === BMP_STRING) {
    let text = '';
    for (let i = 0; i + 1 < content.length; i += 2) text += String.fromCharCode((content[i]! << 8) | content[i + 1]!);
    return text;
  }
  if (tag === UNIVERSAL_STRING) {
    const codes: number[] = [];
    for (let i = 0; i + 3 < content.length; i += 4)
      codes.push(((content[i]! << 24) | (content[i + 1]! << 16) | (content[i + 2]! << 8) | content[i + 3]!) >>> 0);
    return String.fromCodePoint(...codes);
  }
  return tag === UTF8_STRING ? new TextDecoder().decode(content) : latin1(content);
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const b of bytes) text += String.fromCharCode(b);
  return text;
}

/** A whole number that is small. */
export function small_integer(content: Uint8Array): number {
  let n = 0;
  for (const b of content) n = n * 256 + b;
  return n;
}
