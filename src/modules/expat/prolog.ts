// prolog.ts: what stands before the root element, and external subsets.
//
//                                           CPython: Modules/expat/xmlrole.c, Modules/expat/xmlparse.c (doProlog)
// Declarations are read by recursive descent over the scanner's tokens. A parameter entity's text is one more source of
// tokens on top of the document's. The text of a token goes to the handler of last resort (`other`) when the next token is
// asked for, unless whoever used it took it (`taken`).

import {
  CTYPE_ANY,
  CTYPE_CHOICE,
  CTYPE_EMPTY,
  CTYPE_MIXED,
  CTYPE_NAME,
  CTYPE_SEQ,
  type Model,
  new_entity,
} from './dtd.ts';
import * as E from './errors.ts';
import { PARAM_ENTITY_NEVER, type Parser, Source } from './parser.ts';
import * as T from './scan.ts';
import { attribute_value, entity_value } from './values.ts';

type Step<R = void> = Generator<void, R, void>;

const QUANTIFIERS = ['', '?', '*', '+'];

/** Public identifiers may hold these only. */
const PUBLIC_ID = /^[ \r\nA-Za-z0-9\-'()+,./:=?;!*#@$_%]*$/;

class Prolog {
  readonly p: Parser;
  /** The token at hand: kind, text, and its place in the document (null: in an entity). */
  tok = T.NONE;
  text = '';
  at: number | null = 0;
  /** The text is waiting for whoever takes what nobody handles. */
  private loose = false;
  in_declaration = false;
  /** A handler gets the declaration at hand: its tokens are not loose. */
  handled = false;
  /** Nothing was read so far, not even white space. */
  fresh = true;
  /** INCLUDE sections around. */
  sections = 0;

  constructor(p: Parser) {
    this.p = p;
  }

  taken(): void {
    this.loose = false;
  }

  flush(): void {
    if (this.loose) {
      this.loose = false;
      if (!this.handled) this.p.handlers.other?.(this.text);
    }
  }

  syntax(): never {
    if (this.tok === T.PARAM_ENTITY_REF) throw new E.XmlError(E.PARAM_ENTITY_REF_ERROR);
    if (this.tok === T.XML_DECL) throw new E.XmlError(E.MISPLACED_XML_PI);
    throw new E.XmlError(E.SYNTAX);
  }

  /** The next token, white space left out; NONE at the end of the document or external subset. */
  *next(): Step<number> {
    const { p } = this;
    this.flush();
    for (;;) {
      const src = p.source;
      const main = src.entity === null;
      const at = src.pos;
      const tok = src.prolog(at, !main || p.final);
      if (main) p.event = at;
      if (tok > 0) {
        if (main && p.final && src.next === src.s.length && !p.is_whole) this.cut_off(tok, src.next);
        this.tok = tok;
        this.text = src.s.slice(at, src.next);
        this.at = main ? at : null;
        src.pos = src.next;
        if (main) p.budget.direct += this.text.length;
        if (tok === T.PROLOG_S) {
          this.fresh = false;
          p.declared();
          if (!this.handled) p.handlers.other?.(this.text);
          continue;
        }
        if (tok === T.PARAM_ENTITY_REF && this.in_declaration) {
          if (p.document_entity) this.syntax();
          this.parameter_entity(false);
          continue;
        }
        this.loose = true;
        return tok;
      }
      if (!main && tok === T.NONE) {
        if (src.between && this.in_declaration) throw new E.XmlError(E.INCOMPLETE_PE);
        src.entity!.open = false;
        p.sources.pop();
        continue;
      }
      if (tok === T.INVALID) throw new E.XmlError(E.INVALID_TOKEN, main ? src.next : null);
      if (main && !p.final) {
        yield* p.more();
        continue;
      }
      if (main) p.check_whole();
      if (tok !== T.NONE) throw new E.XmlError(E.UNCLOSED_TOKEN);
      this.tok = T.NONE;
      return T.NONE;
    }
  }

  private end(): never {
    throw new E.XmlError(this.p.document_entity ? E.NO_ELEMENTS : E.INCOMPLETE_PE);
  }

  /** After a token the text ends within a character. CPython: prologTok */
  private cut_off(tok: number, end: number): void {
    if (tok === T.NAME_TOKEN || tok === T.NMTOKEN || tok === T.POUND_NAME) this.p.check_whole();
    if (tok === T.CLOSE_PAREN || tok === T.LITERAL) throw new E.XmlError(E.INVALID_TOKEN, end);
  }

  /** The next token, which must be there. */
  *need(): Step<number> {
    const tok = yield* this.next();
    if (tok === T.NONE) this.end();
    return tok;
  }

  *expect(tok: number): Step<string> {
    if ((yield* this.need()) !== tok) this.syntax();
    return this.text;
  }

  /** Whether the token at hand is this name. */
  is(name: string): boolean {
    return this.tok === T.NAME_TOKEN && this.text === name;
  }

  /** Comments and processing instructions; false: it is something else. */
  misc(): boolean {
    const { p } = this;
    if (this.tok === T.PI) p.processing_instruction(this.text);
    else if (this.tok === T.COMMENT) p.comment(this.text);
    else return false;
    this.taken();
    return true;
  }

  // --- before and after the document type ------------------------------------------------------------------------------

  *document(): Step {
    const { p } = this;
    let doctype = false;
    for (let first = true; ; first = false) {
      const tok = yield* this.need();
      if (first) {
        if (tok === T.XML_DECL && this.fresh) {
          this.taken();
          p.xml_declaration(false, 0, this.text.length);
          p.declared();
          continue;
        }
        p.declared();
      }
      if (tok === T.INSTANCE_START) {
        this.taken();
        if (p.use_foreign_dtd) this.foreign_dtd();
        return;
      }
      if (this.misc()) continue;
      if (tok === T.DECL_OPEN && this.text === '<!DOCTYPE' && !doctype) {
        doctype = true;
        yield* this.doctype();
      } else this.syntax();
    }
  }

  private *doctype(): Step {
    const { p } = this;
    const { handlers } = p;
    this.handled = handlers.start_doctype !== null;
    const name = yield* this.expect(T.NAME_TOKEN);
    let system: string | null = null;
    let public_id: string | null = null;
    let announced = false;
    let tok = yield* this.need();
    if (this.is('SYSTEM') || this.is('PUBLIC')) {
      [public_id, system] = yield* this.external_id(true);
      p.use_foreign_dtd = false;
      p.dtd.has_param_entity_refs = true;
      if (!p.dtd.standalone && p.param_entity_parsing === PARAM_ENTITY_NEVER) this.check_standalone();
      tok = yield* this.need();
    }
    if (tok === T.OPEN_BRACKET) {
      handlers.start_doctype?.(name, system, public_id, true);
      announced = true;
      this.flush();
      this.handled = false;
      yield* this.subset(true);
      this.handled = handlers.start_doctype !== null;
      tok = yield* this.need();
      this.handled = false;
    }
    if (tok !== T.DECL_CLOSE) this.syntax();
    if (!announced) handlers.start_doctype?.(name, system, public_id, false);
    if (system !== null || p.use_foreign_dtd) this.load_subset(system, public_id);
    if (handlers.end_doctype !== null) {
      handlers.end_doctype();
      this.taken();
    }
    this.flush();
    this.handled = false;
  }

  private check_standalone(): void {
    if (this.p.handlers.not_standalone?.() === false) throw new E.XmlError(E.NOT_STANDALONE);
  }

  /** Asks for the external subset. */
  private load_subset(system: string | null, public_id: string | null): void {
    const { p } = this;
    const { dtd, handlers } = p;
    const had = dtd.has_param_entity_refs;
    dtd.has_param_entity_refs = true;
    if (p.param_entity_parsing !== PARAM_ENTITY_NEVER && handlers.external_entity !== null) {
      dtd.param_entity_read = false;
      if (!handlers.external_entity(null, p.base, system, public_id)) throw new E.XmlError(E.EXTERNAL_ENTITY_HANDLING);
      if (dtd.param_entity_read) {
        if (!dtd.standalone) this.check_standalone();
      } else if (system === null) dtd.has_param_entity_refs = had;
    }
    p.use_foreign_dtd = false;
  }

  /** A subset that no document type names. */
  private foreign_dtd(): void {
    this.load_subset(null, null);
  }

  /** After SYSTEM or PUBLIC: [public, system]. A notation's public identifier may stand alone. */
  private *external_id(need_system: boolean): Step<[string | null, string | null]> {
    if (this.is('SYSTEM')) return [null, this.literal_text(yield* this.expect(T.LITERAL))];
    const id = this.literal_text(yield* this.expect(T.LITERAL));
    const bad = [...id].findIndex(c => !PUBLIC_ID.test(c));
    if (bad >= 0) throw new E.XmlError(E.PUBLICID, this.at === null ? null : this.at + 1 + bad);
    const public_id = id.replace(/[ \r\n]+/g, ' ').replace(/^ | $/g, '');
    if (need_system) return [public_id, this.literal_text(yield* this.expect(T.LITERAL))];
    const tok = yield* this.need();
    return [public_id, tok === T.LITERAL ? this.literal_text(this.text) : null];
  }

  private literal_text(literal: string): string {
    return literal.slice(1, -1);
  }

  // --- declarations ----------------------------------------------------------------------------------------------------

  /** Declarations, up to ']' (internal) or the end (external). */
  *subset(internal: boolean): Step {
    const { p } = this;
    for (;;) {
      const tok = yield* this.next();
      if (tok === T.NONE) {
        if (internal) this.end();
        if (this.sections > 0) throw new E.XmlError(E.INCOMPLETE_PE);
        return;
      }
      if (this.misc()) continue;
      if (tok === T.CLOSE_BRACKET && internal && !p.in_entity) return;
      if (tok === T.PARAM_ENTITY_REF) {
        this.parameter_entity(true);
        continue;
      }
      if (tok === T.COND_SECT_OPEN && !p.document_entity) {
        yield* this.conditional_section();
        continue;
      }
      if (tok === T.COND_SECT_CLOSE && this.sections > 0) {
        this.sections--;
        continue;
      }
      if (tok !== T.DECL_OPEN) this.syntax();
      this.in_declaration = true;
      const { handlers } = p;
      switch (this.text) {
        case '<!ENTITY':
          this.handled = handlers.entity_decl !== null && p.dtd.keep_processing;
          yield* this.entity();
          break;
        case '<!ATTLIST':
          this.handled = handlers.attlist_decl !== null && p.dtd.keep_processing;
          yield* this.attlist();
          break;
        case '<!ELEMENT':
          this.handled = handlers.element_decl !== null;
          yield* this.element();
          break;
        case '<!NOTATION':
          this.handled = handlers.notation_decl !== null;
          yield* this.notation();
          break;
        default:
          this.syntax();
      }
      this.flush();
      this.handled = false;
      this.in_declaration = false;
    }
  }

  /** %name; at hand. CPython: doProlog, XML_ROLE_PARAM_ENTITY_REF */
  private parameter_entity(between: boolean): void {
    const { p } = this;
    const { dtd, handlers } = p;
    dtd.has_param_entity_refs = true;
    if (p.param_entity_parsing === PARAM_ENTITY_NEVER) {
      dtd.keep_processing = dtd.standalone;
    } else {
      const name = this.text.slice(1, -1);
      const entity = dtd.parameter.get(name);
      if (p.document_entity && dtd.standalone && !p.in_entity) {
        if (entity === undefined) throw new E.XmlError(E.UNDEFINED_ENTITY);
        if (!entity.internal) throw new E.XmlError(E.ENTITY_DECLARED_IN_PE);
      }
      if (entity === undefined) {
        dtd.keep_processing = dtd.standalone;
        if (between && handlers.skipped_entity !== null) {
          handlers.skipped_entity(name, true);
          this.taken();
        }
        return;
      }
      if (entity.open) throw new E.XmlError(E.RECURSIVE_ENTITY_REF);
      if (entity.text !== null) {
        this.flush();
        p.account(entity.text.length);
        entity.open = true;
        p.sources.push(new Source(entity.text, p.ns, entity, 0, between));
        return;
      }
      if (handlers.external_entity === null) {
        dtd.keep_processing = dtd.standalone;
        return;
      }
      dtd.param_entity_read = false;
      entity.open = true;
      const done = handlers.external_entity(null, entity.base, entity.system_id, entity.public_id);
      entity.open = false;
      if (!done) throw new E.XmlError(E.EXTERNAL_ENTITY_HANDLING);
      this.taken();
      if (!dtd.param_entity_read) {
        dtd.keep_processing = dtd.standalone;
        return;
      }
    }
    if (!dtd.standalone) this.check_standalone();
  }

  private *conditional_section(): Step {
    const { p } = this;
    this.in_declaration = true;
    yield* this.expect(T.NAME_TOKEN);
    const ignore = this.is('IGNORE');
    if (!ignore && !this.is('INCLUDE')) this.syntax();
    yield* this.expect(T.OPEN_BRACKET);
    this.in_declaration = false;
    if (!ignore) {
      this.sections++;
      return;
    }
    this.flush();
    for (;;) {
      const src = p.source;
      const main = src.entity === null;
      const tok = src.ignore_section(src.pos);
      if (tok === T.COND_SECT_CLOSE) {
        p.handlers.other?.(src.s.slice(src.pos, src.next));
        src.pos = src.next;
        return;
      }
      if (main) p.event = src.pos;
      if (tok === T.INVALID) throw new E.XmlError(E.INVALID_TOKEN, main ? src.next : null);
      if (!main || p.final) throw new E.XmlError(E.SYNTAX);
      yield* p.more();
    }
  }

  private *entity(): Step {
    const { p } = this;
    const { dtd, handlers } = p;
    let tok = yield* this.need();
    const parameter = tok === T.PERCENT;
    if (parameter) tok = yield* this.need();
    if (tok !== T.NAME_TOKEN) this.syntax();
    const name = this.text;
    const table = parameter ? dtd.parameter : dtd.general;
    const counts =
      dtd.keep_processing && !table.has(name) && (parameter || !['lt', 'gt', 'amp', 'apos', 'quot'].includes(name));
    const entity = new_entity(name, p.document_entity && !p.in_entity);
    entity.base = p.base;
    tok = yield* this.need();
    if (tok === T.LITERAL) {
      const raw = this.literal_text(this.text);
      const at = this.at === null || !p.document_entity ? null : this.at + 1;
      // What is right of a wrong value is declared all the same.
      const value: string[] = [];
      try {
        entity_value(p, raw, at, value);
      } catch (e) {
        if (e instanceof E.XmlError && e.at !== null) p.event = e.at;
        throw e;
      } finally {
        entity.text = value.join('');
        if (counts) {
          table.set(name, entity);
          handlers.entity_decl?.(entity, parameter);
        }
      }
      yield* this.expect(T.DECL_CLOSE);
      return;
    }
    if (!this.is('SYSTEM') && !this.is('PUBLIC')) this.syntax();
    [entity.public_id, entity.system_id] = yield* this.external_id(true);
    if (counts) table.set(name, entity);
    tok = yield* this.need();
    if (!parameter && this.is('NDATA')) {
      const notation = yield* this.expect(T.NAME_TOKEN);
      if (counts) {
        entity.notation = notation;
        if (handlers.unparsed_entity_decl !== null) {
          this.taken();
          handlers.unparsed_entity_decl(entity);
        } else handlers.entity_decl?.(entity, false);
      }
      tok = yield* this.need();
    } else if (tok === T.DECL_CLOSE && counts) handlers.entity_decl?.(entity, parameter);
    if (tok !== T.DECL_CLOSE) this.syntax();
  }

  private *attlist(): Step {
    const { p } = this;
    const { dtd, handlers } = p;
    const element = yield* this.expect(T.NAME_TOKEN);
    for (;;) {
      const tok = yield* this.need();
      if (tok === T.DECL_CLOSE) return;
      if (tok !== T.NAME_TOKEN) this.syntax();
      const name = this.text;
      const type = yield* this.attribute_type();
      let value: string | null = null;
      let required = false;
      let t = yield* this.need();
      if (t === T.POUND_NAME) {
        const word = this.text;
        if (word === '#REQUIRED') required = true;
        else if (word === '#FIXED') {
          required = true;
          t = yield* this.need();
          if (t !== T.LITERAL) this.syntax();
        } else if (word !== '#IMPLIED') this.syntax();
      }
      if (t === T.LITERAL) {
        const at = this.at === null ? null : this.at + 1;
        value = attribute_value(p, this.literal_text(this.text), type === 'CDATA', true, at);
      } else if (t !== T.POUND_NAME) this.syntax();
      if (!dtd.keep_processing) continue;
      let declared = dtd.attributes.get(element);
      if (declared === undefined) {
        declared = new Map();
        dtd.attributes.set(element, declared);
      }
      if (!declared.has(name)) declared.set(name, { name, cdata: type === 'CDATA', value });
      handlers.attlist_decl?.(element, name, type, value, required);
    }
  }

  private *attribute_type(): Step<string> {
    let tok = yield* this.need();
    let prefix = '';
    if (tok === T.NAME_TOKEN) {
      const known = ['CDATA', 'ID', 'IDREF', 'IDREFS', 'ENTITY', 'ENTITIES', 'NMTOKEN', 'NMTOKENS'];
      if (known.includes(this.text)) return this.text;
      if (this.text !== 'NOTATION') this.syntax();
      prefix = 'NOTATION';
      tok = yield* this.need();
    }
    if (tok !== T.OPEN_PAREN) this.syntax();
    const names: string[] = [];
    for (;;) {
      tok = yield* this.need();
      if (tok !== T.NAME_TOKEN && (tok !== T.NMTOKEN || prefix !== '')) this.syntax();
      names.push(this.text);
      tok = yield* this.need();
      if (tok === T.CLOSE_PAREN && this.text === ')') return `${prefix}(${names.join('|')})`;
      if (tok !== T.OR) this.syntax();
    }
  }

  private *element(): Step {
    const { p } = this;
    const name = yield* this.expect(T.NAME_TOKEN);
    const tok = yield* this.need();
    let model: Model;
    if (this.is('EMPTY')) model = { type: CTYPE_EMPTY, quant: 0, name: null, children: [] };
    else if (this.is('ANY')) model = { type: CTYPE_ANY, quant: 0, name: null, children: [] };
    else if (tok === T.OPEN_PAREN) model = yield* this.content_model();
    else this.syntax();
    p.handlers.element_decl?.(name, model!);
    yield* this.expect(T.DECL_CLOSE);
  }

  private quantifier(): number {
    return Math.max(QUANTIFIERS.indexOf(this.text.slice(-1)), 0);
  }

  /** After the outermost '('. */
  private *content_model(): Step<Model> {
    const root: Model = { type: CTYPE_SEQ, quant: 0, name: null, children: [] };
    let tok = yield* this.need();
    if (tok === T.POUND_NAME) {
      if (this.text !== '#PCDATA') this.syntax();
      root.type = CTYPE_MIXED;
      for (;;) {
        tok = yield* this.need();
        if (tok === T.CLOSE_PAREN) {
          root.quant = this.quantifier();
          if (root.quant !== 2 && (root.quant !== 0 || root.children.length > 0)) this.syntax();
          return root;
        }
        if (tok !== T.OR) this.syntax();
        root.children.push({ type: CTYPE_NAME, quant: 0, name: yield* this.expect(T.NAME_TOKEN), children: [] });
      }
    }
    const open: Model[] = [root];
    const connectors: number[] = [T.NONE];
    for (;;) {
      const group = open[open.length - 1]!;
      if (tok === T.OPEN_PAREN) {
        const inner: Model = { type: CTYPE_SEQ, quant: 0, name: null, children: [] };
        group.children.push(inner);
        open.push(inner);
        connectors.push(T.NONE);
        tok = yield* this.need();
        continue;
      }
      if (tok !== T.NAME_TOKEN && tok !== T.NAME_QUANTIFIED) this.syntax();
      const quant = tok === T.NAME_QUANTIFIED ? this.quantifier() : 0;
      const name = quant === 0 ? this.text : this.text.slice(0, -1);
      group.children.push({ type: CTYPE_NAME, quant, name, children: [] });
      for (;;) {
        tok = yield* this.need();
        if (tok !== T.CLOSE_PAREN) break;
        const closed = open.pop()!;
        connectors.pop();
        closed.quant = this.quantifier();
        if (open.length === 0) return root;
      }
      if (tok !== T.COMMA && tok !== T.OR) this.syntax();
      const last = connectors.length - 1;
      if (connectors[last] === T.NONE) {
        connectors[last] = tok;
        if (tok === T.OR) open[last]!.type = CTYPE_CHOICE;
      } else if (connectors[last] !== tok) this.syntax();
      tok = yield* this.need();
    }
  }

  private *notation(): Step {
    const { p } = this;
    const name = yield* this.expect(T.NAME_TOKEN);
    yield* this.need();
    if (!this.is('SYSTEM') && !this.is('PUBLIC')) this.syntax();
    const is_system = this.is('SYSTEM');
    const [public_id, system] = yield* this.external_id(false);
    p.handlers.notation_decl?.(name, p.base, system, public_id);
    if (is_system || system !== null) yield* this.need();
    if (this.tok !== T.DECL_CLOSE) this.syntax();
  }
}

/** Up to the root element's tag. */
export function* prolog(p: Parser): Step {
  yield* new Prolog(p).document();
}

/** An external subset or parameter entity. CPython: externalParEntProcessor */
export function* external_subset(p: Parser): Step {
  p.dtd.param_entity_read = true;
  yield* p.text_declaration();
  const reader = new Prolog(p);
  yield* reader.subset(false);
}
