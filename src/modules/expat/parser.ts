// parser.ts: an XML parser that is given its document piece by piece.                     CPython: Modules/expat/xmlparse.c
//
// It behaves as Expat does: the same calls of handlers in the same order, the same error codes at the same places, also
// for broken documents. One generator (`run`) reads the document and yields where it needs more of it; it must not keep
// places in the text over a yield, since those count anew after it. Enter through: Parser.parse.

import { char_ref_number } from './chars.ts';
import { parse_declaration } from './declaration.ts';
import { Dtd, type Entity, predefined_entity } from './dtd.ts';
import * as E from './errors.ts';
import { type EncodingName, Input } from './input.ts';
import { NamespaceScope } from './namespaces.ts';
import { external_subset, prolog } from './prolog.ts';
import * as T from './scan.ts';
import { attribute_value } from './values.ts';

/** What is called for the parts of a document; null: nobody asked. */
export interface Handlers {
  /** Attributes are names and values in turn; the first `specified` of them stand in the tag. */
  start_element: ((name: string, attributes: string[], specified: number) => void) | null;
  end_element: ((name: string) => void) | null;
  character_data: ((data: string) => void) | null;
  processing_instruction: ((target: string, data: string) => void) | null;
  comment: ((data: string) => void) | null;
  start_cdata: (() => void) | null;
  end_cdata: (() => void) | null;
  /** The text of whatever has no other handler. */
  other: ((data: string) => void) | null;
  start_doctype: ((name: string, system: string | null, publicId: string | null, subset: boolean) => void) | null;
  end_doctype: (() => void) | null;
  element_decl: ((name: string, model: import('./dtd.ts').Model) => void) | null;
  attlist_decl: ((element: string, name: string, type: string, value: string | null, required: boolean) => void) | null;
  entity_decl: ((entity: Entity, parameter: boolean) => void) | null;
  unparsed_entity_decl: ((entity: Entity) => void) | null;
  notation_decl: ((name: string, base: string | null, system: string | null, publicId: string | null) => void) | null;
  start_namespace: ((prefix: string | null, uri: string | null) => void) | null;
  end_namespace: ((prefix: string | null) => void) | null;
  not_standalone: (() => boolean) | null;
  external_entity:
    | ((context: string | null, base: string | null, system: string | null, publicId: string | null) => boolean)
    | null;
  skipped_entity: ((name: string, parameter: boolean) => void) | null;
  xml_decl: ((version: string | null, encoding: string | null, standalone: number) => void) | null;
  /** Code points by byte for an encoding of single bytes, or null: not known. */
  unknown_encoding: ((name: string) => readonly number[] | null) | null;
}

export function no_handlers(): Handlers {
  return {
    start_element: null,
    end_element: null,
    character_data: null,
    processing_instruction: null,
    comment: null,
    start_cdata: null,
    end_cdata: null,
    other: null,
    start_doctype: null,
    end_doctype: null,
    element_decl: null,
    attlist_decl: null,
    entity_decl: null,
    unparsed_entity_decl: null,
    notation_decl: null,
    start_namespace: null,
    end_namespace: null,
    not_standalone: null,
    external_entity: null,
    skipped_entity: null,
    xml_decl: null,
    unknown_encoding: null,
  };
}

export const PARAM_ENTITY_NEVER = 0;
export const PARAM_ENTITY_UNLESS_STANDALONE = 1;
export const PARAM_ENTITY_ALWAYS = 2;

/** The document's text, or that of an internal entity. */
export class Source extends T.Scanner {
  pos = 0;
  /** Null: the document. */
  readonly entity: Entity | null;
  /** Tags open when it began. */
  readonly level: number;
  /** A parameter entity between declarations, which must hold whole ones. */
  readonly between: boolean;
  constructor(text: string, ns: boolean, entity: Entity | null, level = 0, between = false) {
    super(text, ns);
    this.entity = entity;
    this.level = level;
    this.between = between;
  }
}

interface Tag {
  /** As written, and with its namespace. */
  raw: string;
  name: string;
  /** Namespaces declared there. */
  declared: number;
}

const ENCODINGS: Readonly<Record<string, EncodingName>> = {
  'utf-8': 'utf-8',
  'utf-16': 'utf-16be',
  'utf-16be': 'utf-16be',
  'utf-16le': 'utf-16le',
  'iso-8859-1': 'iso-8859-1',
  'us-ascii': 'us-ascii',
};

/** Whether it is an ASCII character that markup may be made of. */
function is_markup(c: number): boolean {
  return c === 9 || c === 10 || c === 13 || (c >= 32 && c < 127 && !'$@\\^`{}~'.includes(String.fromCharCode(c)));
}

/** Whether markup is ASCII's in an encoding, and nothing else stands for it. CPython: XmlInitUnknownEncoding */
function keeps_markup(table: readonly number[]): boolean {
  return table.every((c, i) => c === i || !(is_markup(i) || is_markup(c)));
}

/** CPython: Modules/expat/xmlparse.c:INIT_DATA_BUF_SIZE */
const CONVERSION_BUFFER = 1024;

export type Kind = 'document' | 'entity' | 'subset';

/** How much entities may expand, over all parsers of one document. */
export class Budget {
  direct = 0;
  indirect = 0;
  max_factor = 100;
  threshold = 8 << 20;
}

export class Parser {
  handlers = no_handlers();
  /** `other` gets internal entities' content, not their names. */
  expand = true;
  readonly ns: boolean;
  readonly scope: NamespaceScope;
  readonly input = new Input();
  readonly kind: Kind;
  dtd = new Dtd();
  base: string | null = null;
  param_entity_parsing = PARAM_ENTITY_NEVER;
  use_foreign_dtd = false;
  reparse_deferral = true;
  budget = new Budget();
  /** General entities that are being expanded around this parser's document. */
  open_names: Set<string> = new Set();
  /** Encoding given from outside, which overrules the document's. */
  encoding: string | null;

  error = 0;
  started = false;
  finished = false;
  final = false;
  /** Place of the token at hand in the text, or null: in text that is gone (then `event_byte` is known). */
  event: number | null = null;
  private event_byte = -1;
  /** Bytes that could not be parsed so far. */
  private stuck = 0;
  /** A place that Expat would go on from: the end of a section or entity; the start of the text otherwise. */
  private settled = 0;

  readonly main: Source;
  /** The document and, above it, entities being expanded. */
  readonly sources: Source[];
  readonly tags: Tag[] = [];
  private readonly reader: Generator<void, void, void>;

  constructor(kind: Kind, separator: string | null, encoding: string | null) {
    this.kind = kind;
    this.ns = separator !== null;
    this.scope = new NamespaceScope(separator ?? '');
    this.encoding = encoding;
    this.main = new Source('', this.ns, null);
    this.sources = [this.main];
    this.reader = this.run();
  }

  /** A parser for an external entity that this one's document refers to; null context: a parameter entity. */
  external(context: string | null, encoding: string | null): Parser {
    const p = new Parser(context === null ? 'subset' : 'entity', this.ns ? this.scope.separator : null, encoding);
    p.handlers = { ...this.handlers };
    p.expand = this.expand;
    p.dtd = this.dtd;
    p.base = this.base;
    p.param_entity_parsing = this.param_entity_parsing;
    p.reparse_deferral = this.reparse_deferral;
    p.scope.triplets = this.scope.triplets;
    p.budget = this.budget;
    for (const part of (context ?? '').split('\f')) {
      const cut = part.indexOf('=');
      if (cut >= 0) p.scope.bind(cut === 0 ? null : part.slice(0, cut), part.slice(cut + 1));
      else if (part !== '') p.open_names.add(part);
    }
    return p;
  }

  get source(): Source {
    return this.sources[this.sources.length - 1]!;
  }

  get in_entity(): boolean {
    return this.sources.length > 1;
  }

  /** The document itself, no external entity. */
  get document_entity(): boolean {
    return this.kind === 'document';
  }

  // --- positions -------------------------------------------------------------------------------------------------------

  private locate(): void {
    if (this.event !== null) this.input.advance(this.event);
  }
  get line(): number {
    this.locate();
    return this.input.line + 1;
  }
  get column(): number {
    this.locate();
    return this.input.column;
  }
  get byte_index(): number {
    return this.event === null ? this.event_byte : this.input.byte_at(this.event);
  }
  /** The document's text from the token at hand on, or null outside handlers. */
  get context(): string | null {
    return this.event === null ? null : this.input.text.slice(this.event);
  }

  private rebase(): void {
    if (this.event !== null) this.event_byte = this.byte_index;
    this.event = null;
    this.input.rebase(this.main.pos);
    this.main.pos = 0;
    this.settled = 0;
    this.main.s = this.input.text;
  }

  // --- input -----------------------------------------------------------------------------------------------------------

  /** Goes on with more of the document; false: `error` says what is wrong. CPython: XML_Parse */
  parse(data: Uint8Array, final: boolean): boolean {
    if (this.finished) {
      this.error = E.FINISHED;
      return false;
    }
    if (this.error !== 0) {
      this.input.rewind(this.settled);
      return false;
    }
    this.final = final;
    this.input.add(data);
    try {
      if (!this.started) {
        this.started = true;
        if (this.encoding !== null) this.set_encoding(this.encoding, null);
      }
      this.detected ||= this.input.detect(final, this.kind !== 'document');
      if (!this.detected) return true;
      this.decode();
      const have = this.input.left;
      if (this.reparse_deferral && !final && have < 2 * this.stuck) return true;
      const before = this.input.byte_at(this.main.pos);
      const { done } = this.reader.next();
      this.rebase();
      this.stuck = this.input.bytes === before ? have : 0;
      if (done) this.finished = true;
      return true;
    } catch (e) {
      if (!(e instanceof E.XmlError)) throw e;
      this.error = e.code;
      if (e.at !== null) this.event = e.at;
      return false;
    }
  }

  /** The encoding of what is given from now on, unless it is too late. CPython: XML_SetEncoding */
  suggest_encoding(name: string): void {
    if (!this.started) this.encoding = name;
  }

  private detected = false;

  decode(): void {
    if (this.final) this.input.decode_rest();
    else this.input.decode();
    this.main.s = this.input.text;
    this.main.last_letter = this.input.last_single;
  }

  /** Waits for more of the document. */
  *more(): Generator<void, void, void> {
    this.rebase();
    yield;
  }

  /** Whether the text so far does not end within a character. */
  get is_whole(): boolean {
    return this.input.pending.length === 0;
  }

  /** The document's text ends here, perhaps within a character. */
  check_whole(): void {
    const { pending } = this.input;
    if (pending.length > 0) throw new E.XmlError(pending.length === 1 && this.wide ? E.UNCLOSED_TOKEN : E.PARTIAL_CHAR);
  }

  /** Counts text that entities bring in. CPython: accountingDiffTolerated */
  account(length: number): void {
    const b = this.budget;
    b.indirect += length;
    const total = b.direct + b.indirect;
    if (total >= b.threshold && total / Math.max(b.direct, 1) > b.max_factor) {
      throw new E.XmlError(E.AMPLIFICATION_LIMIT_BREACH);
    }
  }

  /** Two bytes a unit. */
  private get wide(): boolean {
    return this.input.encoding === 'utf-16le' || this.input.encoding === 'utf-16be';
  }

  private set_encoding(name: string, at: number | null): void {
    const known = ENCODINGS[name.toLowerCase()];
    if (known !== undefined) {
      this.input.choose(known);
      return;
    }
    const table = this.handlers.unknown_encoding?.(name) ?? null;
    if (table === null || !keeps_markup(table)) throw new E.XmlError(E.UNKNOWN_ENCODING, at);
    this.input.choose('table', table);
  }

  /** `<?xml ...?>` at hand. CPython: processXmlDecl */
  xml_declaration(text_declaration: boolean, from: number, end: number): void {
    const { text } = this.input;
    const d = parse_declaration(text, from + 5, end - 2, text_declaration);
    if (d.bad >= 0) throw new E.XmlError(text_declaration ? E.TEXT_DECL_ERROR : E.XML_DECL_ERROR, d.bad);
    if (!text_declaration && d.standalone === 1) {
      this.dtd.standalone = true;
      if (this.param_entity_parsing === PARAM_ENTITY_UNLESS_STANDALONE) this.param_entity_parsing = PARAM_ENTITY_NEVER;
    }
    if (this.handlers.xml_decl !== null) this.handlers.xml_decl(d.version, d.encoding, d.standalone);
    else this.handlers.other?.(text.slice(from, end));
    if (this.encoding === null && d.encoding !== null) {
      const { wide } = this;
      const name = d.encoding.toLowerCase();
      const known = ENCODINGS[name];
      if (known === undefined) this.set_encoding(d.encoding, d.encoding_at);
      else if (wide ? name !== 'utf-16' && known !== this.input.encoding : known.startsWith('utf-16')) {
        throw new E.XmlError(E.INCORRECT_ENCODING, d.encoding_at);
      } else if (!wide) this.input.choose(known);
    }
  }

  /** After the first token: the rest of the text is decoded as was said. */
  declared(): void {
    if (this.input.decided) return;
    this.input.decided = true;
    this.decode();
  }

  // --- the document ----------------------------------------------------------------------------------------------------

  private *run(): Generator<void, void, void> {
    if (this.kind === 'subset') {
      yield* external_subset(this);
      return;
    }
    if (this.kind === 'entity') {
      yield* this.text_declaration();
      yield* this.content(1);
      return;
    }
    yield* prolog(this);
    yield* this.content(0);
    yield* this.epilog();
  }

  /** The declaration that an external entity may begin with. CPython: externalEntityInitProcessor3 */
  *text_declaration(): Generator<void, void, void> {
    for (;;) {
      const { main } = this;
      this.event = main.pos;
      const tok = main.content(main.pos);
      if (tok <= 0 && tok !== T.INVALID && !this.final) {
        yield* this.more();
        continue;
      }
      if (tok === T.XML_DECL) {
        const end = main.next;
        this.xml_declaration(true, main.pos, end);
        main.pos = end;
      }
      this.declared();
      return;
    }
  }

  *epilog(): Generator<void, void, void> {
    const { main, handlers } = this;
    for (;;) {
      this.event = main.pos;
      // A token that may go on in what comes is as wrong, or as right, as it is now.
      const tok = main.prolog(main.pos, true);
      if (tok <= 0) {
        if (tok === T.INVALID) throw new E.XmlError(E.INVALID_TOKEN, main.next);
        if (!this.final) {
          yield* this.more();
          continue;
        }
        this.check_whole();
        if (tok === T.NONE) return;
        throw new E.XmlError(E.UNCLOSED_TOKEN);
      }
      const text = main.s.slice(main.pos, main.next);
      if (tok === T.PROLOG_S) handlers.other?.(text);
      else if (tok === T.PI) this.processing_instruction(text);
      else if (tok === T.COMMENT) this.comment(text);
      else throw new E.XmlError(E.JUNK_AFTER_DOC_ELEMENT);
      main.pos += text.length;
    }
  }

  processing_instruction(text: string): void {
    const handler = this.handlers.processing_instruction;
    if (handler === null) {
      this.handlers.other?.(text);
      return;
    }
    const [, target, data] = /^<\?([^\s?]+)\s*([\s\S]*)\?>$/.exec(text)!;
    handler(target!, data!.replace(/\r\n?/g, '\n'));
  }

  comment(text: string): void {
    const handler = this.handlers.comment;
    if (handler !== null) handler(text.slice(4, -3).replace(/\r\n?/g, '\n'));
    else this.handlers.other?.(text);
  }

  // --- content ---------------------------------------------------------------------------------------------------------

  private data(text: string, raw: string): void {
    const { handlers } = this;
    if (handlers.character_data === null) handlers.other?.(raw);
    else if (text.length <= CONVERSION_BUFFER / 4 || this.input.encoding === 'utf-8' || this.in_entity) {
      handlers.character_data(text);
    } else this.data_in_parts(text);
  }

  /** Text of other encodings comes in parts of at most CONVERSION_BUFFER bytes of UTF-8. */
  private data_in_parts(text: string): void {
    let from = 0;
    let size = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      const pair = c >= 0xd800 && c < 0xdc00;
      const n = c < 0x80 ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
      if (size + n > CONVERSION_BUFFER) {
        this.handlers.character_data?.(text.slice(from, i));
        from = i;
        size = 0;
      }
      size += n;
      if (pair) i++;
    }
    this.handlers.character_data?.(text.slice(from));
  }

  /** The source at hand ends; false: it was the whole. */
  private end_of_source(src: Source): boolean {
    if (this.tags.length !== src.level) throw new E.XmlError(E.ASYNC_ENTITY);
    if (src.entity === null) return false;
    src.entity.open = false;
    this.sources.pop();
    this.settled = this.main.pos;
    return true;
  }

  /** Elements and text. `base`: 0 for the root element, 1 for the content of an external entity. CPython: doContent */
  private *content(base: number): Generator<void, void, void> {
    for (;;) {
      const src = this.source;
      const is_main = src.entity === null;
      const at = src.pos;
      const tok = src.content(at);
      if (is_main) this.event = at;
      if (tok <= 0) {
        if (tok === T.INVALID) throw new E.XmlError(E.INVALID_TOKEN, is_main ? src.next : null);
        if (is_main && !this.final) {
          yield* this.more();
          continue;
        }
        if (is_main && tok !== T.TRAILING_CR) this.check_whole();
        if (tok === T.PARTIAL) throw new E.XmlError(E.UNCLOSED_TOKEN);
        if (tok !== T.NONE) {
          const raw = src.s.slice(at);
          this.data(tok === T.TRAILING_CR ? '\n' : raw, raw);
          src.pos = src.s.length;
        }
        if (is_main && base === 0) throw new E.XmlError(E.NO_ELEMENTS, src.pos);
        if (!this.end_of_source(src)) return;
        continue;
      }
      const end = src.next;
      if (is_main) this.budget.direct += end - at;
      switch (tok) {
        case T.DATA: {
          const text = src.s.slice(at, end);
          this.data(text, text);
          break;
        }
        case T.NEWLINE:
          this.data('\n', src.s.slice(at, end));
          break;
        case T.START_TAG:
        case T.EMPTY_TAG:
          this.start_tag(src, at, tok === T.EMPTY_TAG);
          break;
        case T.END_TAG:
          this.end_tag(src, at, is_main);
          break;
        case T.ENTITY_REF:
          src.pos = end;
          this.entity_reference(src.s.slice(at + 1, end - 1), src.s.slice(at, end));
          continue;
        case T.CHAR_REF: {
          const n = char_ref_number(src.s.slice(at + 2, end - 1));
          if (n < 0) throw new E.XmlError(E.BAD_CHAR_REF);
          this.data(String.fromCodePoint(n), src.s.slice(at, end));
          break;
        }
        case T.CDATA_OPEN: {
          const raw = src.s.slice(at, end);
          if (this.handlers.start_cdata !== null) this.handlers.start_cdata();
          else this.handlers.other?.(raw);
          src.pos = end;
          yield* this.cdata(src);
          if (is_main) this.settled = src.pos;
          continue;
        }
        case T.PI:
          this.processing_instruction(src.s.slice(at, end));
          break;
        case T.COMMENT:
          this.comment(src.s.slice(at, end));
          break;
        default:
          throw new E.XmlError(E.MISPLACED_XML_PI);
      }
      src.pos = end;
      if (this.tags.length === 0 && base === 0 && (tok === T.END_TAG || tok === T.EMPTY_TAG)) return;
    }
  }

  /** CPython: doCdataSection */
  private *cdata(src: Source): Generator<void, void, void> {
    const is_main = src.entity === null;
    for (;;) {
      const at = src.pos;
      const tok = src.cdata(at);
      if (is_main) this.event = at;
      if (tok <= 0) {
        if (tok === T.INVALID) throw new E.XmlError(E.INVALID_TOKEN, is_main ? src.next : null);
        if (!is_main || this.final) {
          if (is_main) this.check_whole();
          throw new E.XmlError(E.UNCLOSED_CDATA_SECTION);
        }
        yield* this.more();
        continue;
      }
      const raw = src.s.slice(at, src.next);
      const end = src.next;
      if (tok === T.CDATA_CLOSE) {
        if (this.handlers.end_cdata !== null) this.handlers.end_cdata();
        else this.handlers.other?.(raw);
      } else this.data(tok === T.NEWLINE ? '\n' : raw, raw);
      src.pos = end;
      if (tok === T.CDATA_CLOSE) return;
    }
  }

  private start_tag(src: Source, at: number, empty: boolean): void {
    const { handlers, ns } = this;
    const { s, atts, next: end } = src;
    let name_end = at + 1;
    const first = atts.length > 0 ? atts[0]! : end;
    while (name_end < first && !/[\s/>]/.test(s[name_end]!)) name_end++;
    const raw = s.slice(at + 1, name_end);
    const is_main = src.entity === null;
    const before = this.scope.depth;
    let name = raw;
    let found: { attributes: string[]; specified: number };
    try {
      found = this.attributes(s, atts, raw, is_main);
      if (ns) name = this.scope.element(raw);
    } catch (e) {
      if (e instanceof E.XmlError && empty) this.end_scope(this.scope.depth - before);
      throw e;
    }
    const { attributes, specified } = found;
    const declared = this.scope.depth - before;
    if (empty) {
      if (handlers.start_element !== null) handlers.start_element(name, attributes, specified);
      if (this.handlers.end_element !== null) {
        if (handlers.start_element !== null && is_main) this.event = end;
        this.handlers.end_element(name);
      } else if (handlers.start_element === null) handlers.other?.(s.slice(at, end));
      this.end_scope(declared);
      return;
    }
    this.tags.push({ raw, name, declared });
    if (handlers.start_element !== null) handlers.start_element(name, attributes, specified);
    else handlers.other?.(s.slice(at, end));
  }

  /** Attributes of a tag with those that have a default, in namespaces. CPython: storeAtts */
  private attributes(
    s: string,
    atts: number[],
    element: string,
    is_main: boolean,
  ): { attributes: string[]; specified: number } {
    const types = this.dtd.attributes.get(element);
    if (atts.length === 0 && types === undefined) return { attributes: [], specified: 0 };
    const seen = new Set<string>();
    const found: string[] = [];
    const add = (name: string, value: string): void => {
      if (this.ns && (name === 'xmlns' || name.startsWith('xmlns:'))) {
        const prefix = name === 'xmlns' ? null : name.slice(6);
        this.scope.declare(prefix, value);
        this.handlers.start_namespace?.(prefix, value === '' ? null : value);
      } else found.push(name, value);
    };
    for (let i = 0; i < atts.length; i += 4) {
      const name = s.slice(atts[i]!, atts[i + 1]!);
      if (seen.has(name)) throw new E.XmlError(E.DUPLICATE_ATTRIBUTE, is_main ? atts[i]! : null);
      seen.add(name);
      const cdata = types?.get(name)?.cdata ?? true;
      const from = atts[i + 2]!;
      add(name, attribute_value(this, s.slice(from, atts[i + 3]!), cdata, false, is_main ? from : null));
    }
    const specified = found.length;
    if (types !== undefined) {
      for (const { name, value } of types.values()) if (value !== null && !seen.has(name)) add(name, value);
    }
    if (this.ns) this.scope.attributes(found);
    return { attributes: found, specified };
  }

  private end_scope(declared: number): void {
    for (; declared > 0; declared--) {
      const prefix = this.scope.undo();
      this.handlers.end_namespace?.(prefix);
    }
  }

  private end_tag(src: Source, at: number, is_main: boolean): void {
    const text = src.s.slice(at, src.next);
    const end = src.next;
    const tag = this.tags[this.tags.length - 1];
    if (tag === undefined || this.tags.length === src.level) throw new E.XmlError(E.ASYNC_ENTITY);
    if (!text.startsWith(tag.raw, 2) || !/[\s>]/.test(text[2 + tag.raw.length]!)) {
      throw new E.XmlError(E.TAG_MISMATCH, is_main ? at + 2 : null);
    }
    this.tags.pop();
    if (this.handlers.end_element !== null) this.handlers.end_element(tag.name);
    else this.handlers.other?.(text);
    this.end_scope(tag.declared);
    src.next = end;
  }

  private entity_reference(name: string, raw: string): void {
    const { dtd, handlers } = this;
    const known = predefined_entity(name);
    if (known !== undefined) {
      this.data(known, raw);
      return;
    }
    const entity = dtd.general.get(name);
    if (!dtd.has_param_entity_refs || dtd.standalone) {
      if (entity === undefined) throw new E.XmlError(E.UNDEFINED_ENTITY);
      if (!entity.internal) throw new E.XmlError(E.ENTITY_DECLARED_IN_PE);
    }
    if (entity === undefined) {
      if (handlers.skipped_entity !== null) handlers.skipped_entity(name, false);
      else handlers.other?.(raw);
      return;
    }
    if (entity.open || this.open_names.has(name)) throw new E.XmlError(E.RECURSIVE_ENTITY_REF);
    if (entity.notation !== null) throw new E.XmlError(E.BINARY_ENTITY_REF);
    if (entity.text !== null) {
      if (!this.expand) {
        if (handlers.skipped_entity !== null) handlers.skipped_entity(name, false);
        else handlers.other?.(raw);
        return;
      }
      this.account(entity.text.length);
      entity.open = true;
      this.sources.push(new Source(entity.text, this.ns, entity, this.tags.length));
    } else if (handlers.external_entity !== null) {
      entity.open = true;
      const context = this.entity_context();
      entity.open = false;
      if (!handlers.external_entity(context, entity.base, entity.system_id, entity.public_id)) {
        throw new E.XmlError(E.EXTERNAL_ENTITY_HANDLING);
      }
    } else handlers.other?.(raw);
  }

  /** What a parser for an external entity must know. CPython: getContext */
  private entity_context(): string {
    const parts = this.ns ? this.scope.context() : [];
    for (const name of this.open_names) parts.push(name);
    for (const entity of this.dtd.general.values()) if (entity.open) parts.push(entity.name);
    return parts.join('\f');
  }
}
