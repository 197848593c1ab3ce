// values.ts: attribute values and entity values: references replaced, white space made equal.
//
//                                     CPython: Modules/expat/xmlparse.c (storeAttributeValue, storeEntityValue)
import { BAD, char_ref_number, char_table } from './chars.ts';
import { type Entity, predefined_entity } from './dtd.ts';
import * as E from './errors.ts';
import type { Parser } from './parser.ts';
import { CHAR_REF, PARAM_ENTITY_REF, PARTIAL, Scanner } from './scan.ts';

/** The entity that a value refers to, or null for one that may be left out. */
function referred(p: Parser, name: string, in_declaration: boolean, at: number | null): Entity | null {
  const { dtd } = p;
  const entity = dtd.general.get(name) ?? null;
  const must_be_known = in_declaration
    ? p.document_entity && (dtd.standalone ? !p.in_entity : !dtd.has_param_entity_refs)
    : !dtd.has_param_entity_refs || dtd.standalone;
  if (must_be_known) {
    if (entity === null) throw new E.XmlError(E.UNDEFINED_ENTITY);
    if (!entity.internal) throw new E.XmlError(E.ENTITY_DECLARED_IN_PE);
  } else if (entity === null) return null;
  if (entity.open || p.open_names.has(name)) throw new E.XmlError(E.RECURSIVE_ENTITY_REF, at);
  if (entity.notation !== null) throw new E.XmlError(E.BINARY_ENTITY_REF, at);
  if (entity.text === null) throw new E.XmlError(E.ATTRIBUTE_EXTERNAL_ENTITY_REF, at);
  return entity;
}

/** A reference (from `i` on) that is none: the error is where it goes wrong, or begins if it has no end. `here`: where `i` is. */
function malformed(tok: number, scanner: Scanner, i: number, here: number | null): never {
  throw new E.XmlError(E.INVALID_TOKEN, here === null || tok === PARTIAL ? here : here + scanner.next - i);
}

/**
 * The value of an attribute. `at`: where `raw` stands in the document (null: within an entity); `in_declaration`: it is a
 * default in an ATTLIST.
 */
export function attribute_value(
  p: Parser,
  raw: string,
  cdata: boolean,
  in_declaration: boolean,
  at: number | null,
): string {
  let value = raw;
  if (/[&\t\n\r<]/.test(raw)) {
    const out: string[] = [];
    // Texts to read: the value and, above it, the entities being expanded.
    const stack: { text: string; i: number; entity: Entity | null }[] = [{ text: raw, i: 0, entity: null }];
    try {
      while (stack.length > 0) {
        const top = stack[stack.length - 1]!;
        const { text } = top;
        if (top.i >= text.length) {
          if (top.entity !== null) top.entity.open = false;
          stack.pop();
          continue;
        }
        const here = at !== null && stack.length === 1 ? at + top.i : null;
        const c = text[top.i]!;
        if (c === '&') {
          const scanner = new Scanner(text, p.ns);
          const tok = scanner.reference(top.i + 1);
          if (tok < 0) malformed(tok, scanner, top.i, here);
          const name = text.slice(top.i + 1, scanner.next - 1);
          top.i = scanner.next;
          if (tok === CHAR_REF) {
            const n = char_ref_number(name.slice(1));
            if (n < 0) throw new E.XmlError(E.BAD_CHAR_REF, here);
            out.push(String.fromCodePoint(n));
            continue;
          }
          const known = predefined_entity(name);
          if (known !== undefined) {
            out.push(known);
            continue;
          }
          const entity = referred(p, name, in_declaration, here);
          if (entity === null) continue;
          p.account(entity.text!.length);
          entity.open = true;
          stack.push({ text: entity.text!, i: 0, entity });
        } else if (c === '<') throw new E.XmlError(E.INVALID_TOKEN, here);
        else if (c === '\r' || c === '\n' || c === '\t') {
          top.i += c === '\r' && text[top.i + 1] === '\n' ? 2 : 1;
          out.push(' ');
        } else {
          let end = top.i + 1;
          while (end < text.length && !'&<\r\n\t'.includes(text[end]!)) end++;
          out.push(text.slice(top.i, end));
          top.i = end;
        }
      }
    } finally {
      for (const { entity } of stack) if (entity !== null) entity.open = false;
    }
    value = out.join('');
  }
  return cdata ? value : value.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** Appends the text of an entity from the literal that declares it. `at`: where it stands in the document, null elsewhere. */
export function entity_value(p: Parser, raw: string, at: number | null, out: string[]): void {
  const table = char_table();
  for (let i = 0; i < raw.length; ) {
    const here = at === null ? null : at + i;
    const c = raw[i]!;
    if (c === '&') {
      const scanner = new Scanner(raw, p.ns);
      const tok = scanner.reference(i + 1);
      if (tok < 0) malformed(tok, scanner, i, here);
      const text = raw.slice(i, scanner.next);
      i = scanner.next;
      if (tok === CHAR_REF) {
        const n = char_ref_number(text.slice(2, -1));
        if (n < 0) throw new E.XmlError(E.BAD_CHAR_REF, here);
        out.push(String.fromCodePoint(n));
      } else out.push(text);
    } else if (c === '%') {
      const scanner = new Scanner(raw, p.ns);
      const tok = scanner.percent(i + 1);
      if (tok !== PARAM_ENTITY_REF) malformed(tok, scanner, i, here);
      // In the document's own subset references stand between declarations only.
      if (at !== null) throw new E.XmlError(E.PARAM_ENTITY_REF_ERROR, here);
      const entity = p.dtd.parameter.get(raw.slice(i + 1, scanner.next - 1));
      i = scanner.next;
      if (entity === undefined) {
        p.dtd.keep_processing = p.dtd.standalone;
        break;
      }
      if (entity.open) throw new E.XmlError(E.RECURSIVE_ENTITY_REF, here);
      if (entity.text === null) {
        // The text of an external one is not asked for here.
        p.dtd.keep_processing = p.dtd.standalone;
        continue;
      }
      p.account(entity.text.length);
      entity.open = true;
      try {
        entity_value(p, entity.text, null, out);
      } finally {
        entity.open = false;
      }
    } else if (c === '\r') {
      out.push('\n');
      i += raw[i + 1] === '\n' ? 2 : 1;
    } else {
      if ((table[raw.charCodeAt(i)]! & BAD) !== 0) throw new E.XmlError(E.INVALID_TOKEN, here);
      let end = i + 1;
      while (end < raw.length && !'&%\r'.includes(raw[end]!)) end++;
      out.push(raw.slice(i, end));
      i = end;
    }
  }
}
