// pattern.ts: re.Pattern.                                                                     CPython: Modules/_sre/sre.c

import { PyErr_SetNone, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import { type Hash, hash_bytes, hash_from_halves } from '../../core/hash.ts';
import {
  decref,
  G_WEAKREFS,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
} from '../../core/object.ts';
import { METH_CLASS, METH_CLINIC, METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { Py_False, Py_True } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallMethodOneArg, PyObject_CallOneArg, PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyDictProxy_New } from '../../objects/descrobject.ts';
import { PyExc_MemoryError, PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_GenericAlias_class_getitem } from '../../objects/genericaliasobject.ts';
import { PyImport_ImportModuleAttr } from '../../objects/import_util.ts';
import { PyCallIter_New } from '../../objects/iterobject.ts';
import { PyList_FromAppendedSteal, PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  Py_NotImplemented,
  PyCallable_Check,
  PyObject_GetAttrString,
  PyObject_Hash,
  PyObject_RichCompareBool,
  repr_string,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { arg_ssize, PY_SSIZE_T_MAX } from '../../objects/unicodeobject/args.ts';
import { is_str, PyUnicode_FromString } from '../../objects/unicodeobject/object.ts';
import { PyUnicode_JoinArray } from '../../objects/unicodeobject/split.ts';
import { PyObject_ClearWeakRefs } from '../../objects/weakrefobject.ts';
import { match, OutOfStack, State, search } from './engine.ts';
import { new_match } from './match.ts';
import { DECLINED, MATCH, native_pattern } from './native.ts';
import { FLAG_ASCII, FLAG_LOCALE, FLAG_UNICODE } from './opcodes.ts';
import type { Program } from './program.ts';
import { new_scanner } from './scanner.ts';
import { Held } from './subject.ts';
import { expand_parts, Template_Type, type TemplateData } from './template.ts';

/** Payload of a pattern. */
export class PatternData {
  readonly program: Program;
  /** Owned: the source text (or None), the dict of group names, the tuple of names by group. */
  readonly pattern: PyObject;
  readonly groupindex: PyObject;
  readonly indexgroup: PyObject;
  readonly flags: number;
  readonly groups: number;
  /** Of what kind subjects must be; null when the pattern does not say. */
  readonly isbytes: boolean | null;
  /** The words as given, for comparing and hashing. */
  readonly words: Uint32Array;
  constructor(
    program: Program,
    pattern: PyObject,
    groupindex: PyObject,
    indexgroup: PyObject,
    flags: number,
    isbytes: boolean | null,
    words: Uint32Array,
  ) {
    this.program = program;
    this.pattern = pattern;
    this.groupindex = groupindex;
    this.indexgroup = indexgroup;
    this.flags = flags;
    this.groups = program.groups;
    this.isbytes = isbytes;
    this.words = words;
  }
  /** ob_size: what __sizeof__ counts. */
  get length(): number {
    return this.words.length;
  }
}

export type PyPatternObject = PyObject<PatternData>;

export function pattern_data(o: PyObject): PatternData {
  return o.v as PatternData;
}

// --- one search -------------------------------------------------------------------------------------------------------

/** Holds the subject and checks that its kind is the pattern's. CPython: state_init */
export function hold(p: PatternData, string: PyObject): Held {
  const held = new Held(string);
  if (p.isbytes !== null && p.isbytes !== held.isbytes) {
    held.release();
    PyErr_SetString(
      PyExc_TypeError,
      held.isbytes
        ? 'cannot use a string pattern on a bytes-like object'
        : 'cannot use a bytes pattern on a string-like object',
    );
  }
  return held;
}

function clip(n: number, length: number): number {
  return n < 0 ? 0 : Math.min(n, length);
}

export function new_state(p: PatternData, held: Held, pos: number, endpos: number): State {
  const start = clip(pos, held.length);
  return new State(p.program, NOTHING, 0, start, clip(endpos, held.length));
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Searches, or matches: by V8 where it can, else by the engine, whose stack overflow is a MemoryError. */
export function attempt(s: State, held: Held, how: (s: State) => boolean): boolean {
  if (held.string !== null) {
    const native = native_pattern(s.program, s.end - s.start);
    const found = native === null ? DECLINED : native.run(s, held.string, how === search);
    if (found !== DECLINED) return found === MATCH;
  }
  // Always asked anew: Python code may have run in between, and the shared array may hold another text now.
  s.text = held.subject();
  try {
    return how(s);
  } catch (e) {
    if (e instanceof OutOfStack) PyErr_SetNone(PyExc_MemoryError);
    throw e;
  }
}

function first_match(
  self: PyObject,
  string: PyObject,
  pos: PyObject | null,
  endpos: PyObject | null,
  how: (s: State) => boolean,
  all: boolean,
): PyObject {
  const p = self.v as PatternData;
  const from = arg_ssize(pos, 0);
  const to = arg_ssize(endpos, PY_SSIZE_T_MAX);
  const held = hold(p, string);
  try {
    const s = new_state(p, held, from, to);
    if (s.start > s.end) return newref(Py_None);
    s.match_all = all;
    return attempt(s, held, how) ? new_match(self, held, s, clip(from, held.length)) : newref(Py_None);
  } finally {
    held.release();
  }
}

function pattern_match(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  return first_match(self, string, pos, endpos, match, false);
}
function pattern_fullmatch(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  return first_match(self, string, pos, endpos, match, true);
}
function pattern_search(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  return first_match(self, string, pos, endpos, search, false);
}

// --- all matches ------------------------------------------------------------------------------------------------------

/** Goes on behind the match just found; an empty one must not be found again. */
function advance(s: State): void {
  s.must_advance = s.ptr === s.start;
  s.start = s.ptr;
}

/** The text of a group, or what `unmatched` says for a group that has none. */
function group_slice(held: Held, s: State, group: number, unmatched: PyObject | null): PyObject {
  const m = (group - 1) * 2;
  const from = m < s.lastmark ? s.marks[m]! : -1;
  const to = m < s.lastmark ? s.marks[m + 1]! : -1;
  if (from < 0 || to < from) return unmatched === null ? held.slice(0, 0) : newref(unmatched);
  return held.slice(from, to);
}

function pattern_findall(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  const p = self.v as PatternData;
  const from = arg_ssize(pos, 0);
  const to = arg_ssize(endpos, PY_SSIZE_T_MAX);
  const held = hold(p, string);
  const out: PyObject[] = [];
  try {
    const s = new_state(p, held, from, to);
    while (s.start <= s.end) {
      s.reset();
      if (!attempt(s, held, search)) break;
      if (p.groups === 0) out.push(held.slice(s.start, s.ptr));
      else if (p.groups === 1) out.push(group_slice(held, s, 1, null));
      else {
        const items: PyObject[] = [];
        for (let g = 1; g <= p.groups; g++) items.push(group_slice(held, s, g, null));
        out.push(PyTuple_FromArraySteal(items));
      }
      advance(s);
    }
  } finally {
    held.release();
  }
  return PyList_FromAppendedSteal(out);
}

function pattern_finditer(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  const scanner = new_scanner(self, string, arg_ssize(pos, 0), arg_ssize(endpos, PY_SSIZE_T_MAX));
  try {
    const f = PyObject_GetAttrString(scanner, 'search');
    try {
      return PyCallIter_New(f, Py_None);
    } finally {
      decref(f);
    }
  } finally {
    decref(scanner);
  }
}

function pattern_scanner(self: PyObject, string: PyObject, pos: PyObject | null, endpos: PyObject | null): PyObject {
  return new_scanner(self, string, arg_ssize(pos, 0), arg_ssize(endpos, PY_SSIZE_T_MAX));
}

function pattern_split(self: PyObject, string: PyObject, maxsplit: PyObject | null): PyObject {
  const p = self.v as PatternData;
  const max = arg_ssize(maxsplit, 0);
  const held = hold(p, string);
  const out: PyObject[] = [];
  try {
    const s = new_state(p, held, 0, PY_SSIZE_T_MAX);
    let last = s.start;
    for (let n = 0; max === 0 || n < max; n++) {
      s.reset();
      if (!attempt(s, held, search)) break;
      out.push(held.slice(last, s.start));
      for (let g = 1; g <= p.groups; g++) out.push(group_slice(held, s, g, Py_None));
      advance(s);
      last = s.start;
    }
    out.push(held.slice(last, s.end));
  } finally {
    held.release();
  }
  return PyList_FromAppendedSteal(out);
}

// --- replacing --------------------------------------------------------------------------------------------------------

/** All parts in one, str or bytes by the subject; takes the parts over. CPython: join_list */
export function join_parts(parts: PyObject[], string: PyObject): PyObject {
  try {
    const joiner = is_str(string) ? PyUnicode_FromString('') : PyBytes_FromUint8Array(new Uint8Array(0));
    try {
      if (parts.length === 0) return newref(joiner);
      if (is_str(joiner)) return PyUnicode_JoinArray(joiner, parts);
      const list = PyList_FromArraySteal(parts.map(newref));
      try {
        return PyObject_CallMethodOneArg(joiner, 'join', list);
      } finally {
        decref(list);
      }
    } finally {
      decref(joiner);
    }
  } finally {
    for (const o of parts) decref(o);
  }
}

/** The replacement as `re` prepares it: a template, or a literal. CPython: compile_template */
export function compile_template(pattern: PyObject, template: PyObject): PyObject {
  const func = PyImport_ImportModuleAttr('re', '_compile_template');
  try {
    return PyObject_CallTwoArgs(func, pattern, template);
  } finally {
    decref(func);
  }
}

const CALL = 0;
const LITERAL = 1;
const TEMPLATE = 2;

/** Whether a replacement has no backslash, so that it stands for itself. */
function is_literal(template: PyObject): boolean {
  if (is_str(template)) return typeof template.v === 'string' ? !template.v.includes('\\') : !template.v.includes(92);
  let held: Held;
  try {
    held = new Held(template);
  } catch (e) {
    if (e instanceof Raised) {
      decref(e.exc); // re._compile_template says what is wrong with it
      return false;
    }
    throw e;
  }
  const plain = !held.subject().includes(92);
  held.release();
  return plain;
}

/** CPython: pattern_subx */
function substitute(
  self: PyObject,
  template: PyObject,
  string: PyObject,
  count: number,
): { result: PyObject; n: number } {
  const p = self.v as PatternData;
  let filter: PyObject;
  let kind: number;
  if (PyCallable_Check(template)) {
    filter = newref(template);
    kind = CALL;
  } else if (is_literal(template)) {
    filter = newref(template);
    kind = LITERAL;
  } else {
    filter = compile_template(self, template);
    kind = LITERAL;
    if (filter.ob_type === Template_Type) {
      const data = filter.v as TemplateData;
      if (data.items.length === 0) {
        const literal = newref(data.literal);
        decref(filter);
        filter = literal;
      } else kind = TEMPLATE;
    }
  }
  let held: Held;
  try {
    held = hold(p, string);
  } catch (e) {
    decref(filter);
    throw e;
  }
  const parts: PyObject[] = [];
  let n = 0;
  try {
    const s = new_state(p, held, 0, PY_SSIZE_T_MAX);
    let last = 0;
    while (count === 0 || n < count) {
      s.reset();
      if (!attempt(s, held, search)) break;
      const { start, ptr } = s;
      if (last < start) parts.push(held.slice(last, start));
      if (kind === LITERAL) parts.push(newref(filter));
      else {
        const m = new_match(self, held, s, 0);
        try {
          if (kind === TEMPLATE) expand_parts(filter.v as TemplateData, m, parts);
          else {
            const item = PyObject_CallOneArg(filter, m);
            if (item === Py_None) decref(item);
            else parts.push(item);
          }
        } finally {
          decref(m);
        }
      }
      last = ptr;
      n++;
      advance(s);
    }
    if (last < s.end) parts.push(held.slice(last, s.end));
  } catch (e) {
    for (const o of parts) decref(o);
    throw e;
  } finally {
    held.release();
    decref(filter);
  }
  return { result: join_parts(parts, string), n };
}

function pattern_sub(self: PyObject, repl: PyObject, string: PyObject, count: PyObject | null): PyObject {
  return substitute(self, repl, string, arg_ssize(count, 0)).result;
}

function pattern_subn(self: PyObject, repl: PyObject, string: PyObject, count: PyObject | null): PyObject {
  const { result, n } = substitute(self, repl, string, arg_ssize(count, 0));
  return PyTuple_FromArraySteal([result, PyLong_FromLong(n)]);
}

// --- the object -------------------------------------------------------------------------------------------------------

export function new_pattern(data: PatternData): PyObject {
  const o = new PyObject(Pattern_Type, data, null);
  gc_new(o);
  return o;
}

function pattern_dealloc(self: PyObject): void {
  gc_del(self);
  if ((self.g & G_WEAKREFS) !== 0) PyObject_ClearWeakRefs(self);
  const p = self.v as PatternData;
  decref(p.pattern);
  decref(p.groupindex);
  decref(p.indexgroup);
}

function pattern_traverse(self: PyObject, visit: (o: PyObject) => void): void {
  const p = self.v as PatternData;
  visit(p.groupindex);
  visit(p.indexgroup);
  visit(p.pattern);
}

const FLAG_NAMES: readonly [string, number][] = [
  ['re.IGNORECASE', 2],
  ['re.LOCALE', 4],
  ['re.MULTILINE', 8],
  ['re.DOTALL', 16],
  ['re.UNICODE', 32],
  ['re.VERBOSE', 64],
  ['re.DEBUG', 128],
  ['re.ASCII', 256],
];

function pattern_repr(self: PyObject): PyObject {
  const p = self.v as PatternData;
  let flags = p.flags;
  // UNICODE is what a str pattern has when it says nothing else.
  if (p.isbytes === false && (flags & (FLAG_LOCALE | FLAG_UNICODE | FLAG_ASCII)) === FLAG_UNICODE)
    flags &= ~FLAG_UNICODE;
  const names: string[] = [];
  for (const [name, bit] of FLAG_NAMES) {
    if ((flags & bit) !== 0) {
      names.push(name);
      flags &= ~bit;
    }
  }
  if (flags !== 0) names.push(`0x${(flags >>> 0).toString(16)}`);
  const source = truncate(repr_string(p.pattern), 200);
  return PyUnicode_FromString(`re.compile(${source}${names.length > 0 ? `, ${names.join('|')}` : ''})`);
}

/** The first n code points. */
export function truncate(s: string, n: number): string {
  return s.length <= n ? s : Array.from(s).slice(0, n).join('');
}

function pattern_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if ((op !== Py_EQ && op !== Py_NE) || b.ob_type !== Pattern_Type) return newref(Py_NotImplemented);
  let equal = a === b;
  if (!equal) {
    const x = a.v as PatternData;
    const y = b.v as PatternData;
    equal =
      x.flags === y.flags &&
      x.isbytes === y.isbytes &&
      x.words.length === y.words.length &&
      x.words.every((w, i) => w === y.words[i]);
    if (equal) equal = PyObject_RichCompareBool(x.pattern, y.pattern, Py_EQ);
  }
  return newref(equal === (op === Py_EQ) ? Py_True : Py_False);
}

function pattern_hash(self: PyObject): Hash {
  const p = self.v as PatternData;
  const h = PyObject_Hash(p.pattern);
  const c = hash_bytes(new Uint8Array(p.words.buffer, p.words.byteOffset, p.words.byteLength));
  const isbytes = p.isbytes === null ? -1 : p.isbytes ? 1 : 0;
  return hash_from_halves(
    h.lo ^ c.lo ^ p.flags ^ isbytes ^ p.words.length,
    h.hi ^ c.hi ^ (p.flags >> 31) ^ (isbytes >> 31),
  );
}

function pattern_copy(self: PyObject): PyObject {
  return newref(self);
}
function pattern_groupindex(self: PyObject): PyObject {
  return PyDictProxy_New((self.v as PatternData).groupindex);
}
function pattern_pattern(self: PyObject): PyObject {
  return newref((self.v as PatternData).pattern);
}
function pattern_flags(self: PyObject): PyObject {
  return PyLong_FromLong((self.v as PatternData).flags);
}
function pattern_groups(self: PyObject): PyObject {
  return PyLong_FromLong((self.v as PatternData).groups);
}

const RANGE_SIG = '($self, /, string, pos=0, endpos=sys.maxsize)';

export const Pattern_Type = static_type({
  name: 're.Pattern',
  heap: 'immutable',
  tp_basicsize: 96,
  tp_itemsize: 4,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'A compiled regular expression.',
  has_weakrefs: true,
  tp_weaklistoffset: 64,
  tp_dealloc: pattern_dealloc,
  tp_traverse: pattern_traverse,
  tp_repr: pattern_repr,
  tp_hash: pattern_hash,
  tp_richcompare: pattern_richcompare,
  methods: [
    { name: 'match', flags: METH_CLINIC, meth: pattern_match, sig: RANGE_SIG },
    { name: 'fullmatch', flags: METH_CLINIC, meth: pattern_fullmatch, sig: RANGE_SIG },
    { name: 'search', flags: METH_CLINIC, meth: pattern_search, sig: RANGE_SIG },
    { name: 'sub', flags: METH_CLINIC, meth: pattern_sub, sig: '($self, /, repl, string, count=0)' },
    { name: 'subn', flags: METH_CLINIC, meth: pattern_subn, sig: '($self, /, repl, string, count=0)' },
    { name: 'findall', flags: METH_CLINIC, meth: pattern_findall, sig: RANGE_SIG },
    { name: 'split', flags: METH_CLINIC, meth: pattern_split, sig: '($self, /, string, maxsplit=0)' },
    { name: 'finditer', flags: METH_CLINIC, meth: pattern_finditer, sig: RANGE_SIG },
    { name: 'scanner', flags: METH_CLINIC, meth: pattern_scanner, sig: RANGE_SIG },
    { name: '__copy__', flags: METH_NOARGS, meth: pattern_copy, sig: '($self, /)' },
    { name: '__deepcopy__', flags: METH_O, meth: pattern_copy, sig: '($self, memo, /)' },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      meth: Py_GenericAlias_class_getitem,
      sig: '($type, object, /)',
    },
  ],
  members: [
    { name: 'pattern', get: pattern_pattern },
    { name: 'flags', get: pattern_flags },
    { name: 'groups', get: pattern_groups },
  ],
  getset: [{ name: 'groupindex', get: pattern_groupindex }],
});
