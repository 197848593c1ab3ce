// namespaces.ts: which namespace a prefix stands for.                                     CPython: Modules/expat/xmlparse.c

import * as E from './errors.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** Characters that a URI may hold (RFC 3986): as a separator one of them is no danger. */
const URI_CHAR = /[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/;

export class NamespaceScope {
  /** Between URI, name and prefix; may be empty. */
  readonly separator: string;
  /** Names end with the prefix that they were written with. */
  triplets = false;
  /** URI by prefix; '': the default; null: none any more. */
  private readonly bound = new Map<string, string | null>([['xml', XML]]);
  /** What declarations replaced, to undo them. */
  private readonly undone: [string, string | null | undefined][] = [];

  constructor(separator: string) {
    this.separator = separator;
  }

  /** Declarations that can be taken back. */
  get depth(): number {
    return this.undone.length;
  }

  /** Without checks and for good. */
  bind(prefix: string | null, uri: string): void {
    this.bound.set(prefix ?? '', uri);
  }

  /** `xmlns:prefix="uri"`. CPython: addBinding */
  declare(prefix: string | null, uri: string): void {
    if (uri === '' && prefix !== null) throw new E.XmlError(E.UNDECLARING_PREFIX);
    if (prefix === 'xmlns') throw new E.XmlError(E.RESERVED_PREFIX_XMLNS);
    const xml = prefix === 'xml';
    if (xml !== (uri === XML)) throw new E.XmlError(xml ? E.RESERVED_PREFIX_XML : E.RESERVED_NAMESPACE_URI);
    if (uri === XMLNS) throw new E.XmlError(E.RESERVED_NAMESPACE_URI);
    const { separator } = this;
    if (separator !== '' && uri.includes(separator) && !URI_CHAR.test(separator)) throw new E.XmlError(E.SYNTAX);
    const key = prefix ?? '';
    this.undone.push([key, this.bound.get(key)]);
    this.bound.set(key, uri === '' ? null : uri);
  }

  /** Takes the latest declaration back; gives its prefix. */
  undo(): string | null {
    const [key, old] = this.undone.pop()!;
    if (old === undefined) this.bound.delete(key);
    else this.bound.set(key, old);
    return key === '' ? null : key;
  }

  private full(uri: string, local: string, prefix: string): string {
    const name = uri + this.separator + local;
    return this.triplets && prefix !== '' && this.separator !== '' ? name + this.separator + prefix : name;
  }

  private uri_of(prefix: string): string {
    const uri = this.bound.get(prefix) ?? null;
    if (uri === null) throw new E.XmlError(E.UNBOUND_PREFIX);
    return uri;
  }

  element(raw: string): string {
    const cut = raw.indexOf(':');
    if (cut >= 0) {
      const prefix = raw.slice(0, cut);
      return this.full(this.uri_of(prefix), raw.slice(cut + 1), prefix);
    }
    const uri = this.bound.get('') ?? null;
    return uri === null ? raw : this.full(uri, raw, '');
  }

  /** Names (every other item) of attributes, in place. */
  attributes(found: string[]): void {
    let seen: Set<string> | null = null;
    for (let i = 0; i < found.length; i += 2) {
      const raw = found[i]!;
      const cut = raw.indexOf(':');
      if (cut < 0) continue;
      const prefix = raw.slice(0, cut);
      const local = raw.slice(cut + 1);
      const uri = this.uri_of(prefix);
      seen ??= new Set();
      const key = `${uri}\f${local}`;
      if (seen.has(key)) throw new E.XmlError(E.DUPLICATE_ATTRIBUTE);
      seen.add(key);
      found[i] = this.full(uri, local, prefix);
    }
  }

  /** The bindings, as the context of an external entity tells them. */
  context(): string[] {
    const parts: string[] = [];
    for (const [prefix, uri] of this.bound) if (uri !== null) parts.push(`${prefix}=${uri}`);
    return parts;
  }
}
