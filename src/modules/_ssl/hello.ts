// hello.ts: what a client says first.                                                            RFC 8446, section 4.1.2
//
// It is not encrypted. A server's callback for names and its choice of a protocol come before Node gets to see it.

export interface Hello {
  server_name: string | null;
  alpn: string[];
  /** Numbers of cipher suites. */
  ciphers: number[];
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const ALPN = 16;

class Reader {
  readonly bytes: Uint8Array;
  at = 0;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
  number(n: number): number {
    let value = 0;
    for (let i = 0; i < n; i++) value = value * 256 + (this.bytes[this.at++] ?? 0);
    return value;
  }
  /** What follows its length of n bytes. */
  block(n: number): Reader {
    const length = this.number(n);
    const inner = new Reader(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return inner;
  }
  text(): string {
    return String.fromCharCode(...this.bytes);
  }
}

/** Reads the first records; null: the message is not complete. What is no such message gives an empty one. */
export function parse_hello(records: Uint8Array): Hello | null {
  const hello: Hello = { server_name: null, alpn: [], ciphers: [] };
  const message: number[] = [];
  for (let at = 0; ; ) {
    if (at + 5 > records.length) {
      if (at < records.length && records[at] !== HANDSHAKE) return hello;
      return null;
    }
    if (records[at] !== HANDSHAKE) return hello;
    const length = (records[at + 3]! << 8) | records[at + 4]!;
    if (at + 5 + length > records.length) return null;
    message.push(...records.subarray(at + 5, at + 5 + length));
    at += 5 + length;
    if (message[0] !== CLIENT_HELLO) return hello;
    if (message.length >= 4 && message.length >= 4 + ((message[1]! << 16) | (message[2]! << 8) | message[3]!)) break;
  }
  read_body(new Reader(Uint8Array.from(message.slice(4))), hello);
  return hello;
}

function read_body(body: Reader, hello: Hello): void {
  body.at = 2 + 32; // version, random
  body.block(1); // session
  for (const list = body.block(2); list.left > 1; ) hello.ciphers.push(list.number(2));
  body.block(1); // compression
  for (const extensions = body.block(2); extensions.left > 3; ) {
    const type = extensions.number(2);
    const content = extensions.block(2);
    if (type === SERVER_NAME) {
      const names = content.block(2);
      if (names.number(1) === 0) hello.server_name = names.block(2).text();
    } else if (type === ALPN) {
      for (const list = content.block(2); list.left > 0; ) hello.alpn.push(list.block(1).text());
    }
  }
}
