// dtd.ts: what a document type says: entities, and attributes of elements.                CPython: Modules/expat/xmlparse.c

export interface Entity {
  readonly name: string;
  /** The replacement text of an internal entity. */
  text: string | null;
  system_id: string | null;
  public_id: string | null;
  base: string | null;
  /** The notation of an unparsed entity. */
  notation: string | null;
  /** Declared in the document itself, not in an external subset or parameter entity. */
  internal: boolean;
  /** It is being expanded. */
  open: boolean;
}

export function new_entity(name: string, internal: boolean): Entity {
  return { name, text: null, system_id: null, public_id: null, base: null, notation: null, internal, open: false };
}

export interface Attribute {
  readonly name: string;
  /** Of type CDATA: white space stays. */
  readonly cdata: boolean;
  /** Its default. */
  readonly value: string | null;
}

/** An element's content: (type, quantifier, name, children), as pyexpat's tuples. */
export interface Model {
  type: number;
  quant: number;
  name: string | null;
  children: Model[];
}

export const CTYPE_EMPTY = 1;
export const CTYPE_ANY = 2;
export const CTYPE_MIXED = 3;
export const CTYPE_NAME = 4;
export const CTYPE_CHOICE = 5;
export const CTYPE_SEQ = 6;

/** Shared by a parser and those that it makes for external entities. */
export class Dtd {
  readonly general = new Map<string, Entity>();
  readonly parameter = new Map<string, Entity>();
  /** Declared attributes by element, in order. */
  readonly attributes = new Map<string, Map<string, Attribute>>();
  has_param_entity_refs = false;
  standalone = false;
  /** Declarations still count: none was left out that may have changed them. */
  keep_processing = true;
  /** A parser read the external subset or parameter entity that was asked for. */
  param_entity_read = false;
}

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** The character that every document has under this name, or undefined. */
export function predefined_entity(name: string): string | undefined {
  return PREDEFINED.get(name);
}
