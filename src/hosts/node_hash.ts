// node_hash.ts: message digests and what is made of them, by Node's OpenSSL.
import * as crypto from 'node:crypto';
import type { HostHash, HostScryptCost } from '../core/host.ts';

/** OpenSSL's names of the algorithms, by Python's. */
const NAMES: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha512_224: 'sha512-224',
  sha512_256: 'sha512-256',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  shake_128: 'shake128',
  shake_256: 'shake256',
  ripemd160: 'ripemd160',
  sm3: 'sm3',
  'md5-sha1': 'md5-sha1',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
};

class NodeHash implements HostHash {
  private readonly h: crypto.Hash;
  private readonly any_length: boolean;

  constructor(h: crypto.Hash, any_length: boolean) {
    this.h = h;
    this.any_length = any_length;
  }

  update(data: Uint8Array): void {
    this.h.update(data);
  }

  digest(length: number): Uint8Array {
    if (!this.any_length) return own(this.h.digest());
    return own(this.h.copy({ outputLength: length }).digest());
  }

  copy(): HostHash {
    return new NodeHash(this.h.copy(), this.any_length);
  }
}

/** Node's small buffers share memory. */
function own(b: Buffer): Uint8Array {
  return new Uint8Array(b);
}

export function hash(name: string): HostHash | null {
  const known = NAMES[name];
  if (known === undefined) return null;
  try {
    return new NodeHash(crypto.createHash(known), name.startsWith('shake'));
  } catch {
    // This OpenSSL was built without it.
    return null;
  }
}

type HashOnce = (name: string, data: Uint8Array, encoding: 'latin1') => string;

function bytes_of(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

/** crypto.hash(), which Node 20.12 and 21.7 have; undefined until it was asked for. */
const oneshot = { hash: undefined as HashOnce | null | undefined };

export function hash_once(name: string, data: Uint8Array): Uint8Array | null {
  const known = NAMES[name];
  if (known === undefined) return null;
  if (oneshot.hash === undefined) oneshot.hash = (crypto as unknown as { hash?: HashOnce }).hash ?? null;
  // A string of characters below 256 costs half of what a buffer does.
  if (oneshot.hash !== null) return bytes_of(oneshot.hash(known, data, 'latin1'));
  return own(crypto.createHash(known).update(data).digest());
}

export function pbkdf2(
  name: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  return own(crypto.pbkdf2Sync(password, salt, iterations, length, NAMES[name] ?? name));
}

export function scrypt(password: Uint8Array, salt: Uint8Array, cost: HostScryptCost, length: number): Uint8Array {
  const { n, r, p, maxmem } = cost;
  return own(crypto.scryptSync(password, salt, length, { N: n, r, p, maxmem }));
}
