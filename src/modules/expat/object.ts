// object.ts: the parser object of pyexpat: its handlers, attributes and methods.             CPython: Modules/pyexpat.c
//
// An exception in a handler ends the parse: it passes through the engine, which is finished then, and all handlers go.

import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { exception_spec, METH_CLINIC, METH_METHOD, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyObject_CallOneArg, PyObject_Vectorcall } from '../../objects/call.ts';
import { PyBytes_Check, PyLong_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_New, PyDict_SetDefault, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyExc_Exception, PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyFloat_AsDouble } from '../../objects/floatobject.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { _PyLong_Sign, PyLong_AsInt, PyLong_AsUnsignedLong, PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  PyObject_GetOptionalAttrString,
  PyObject_IsTrue,
  PyObject_SetAttrString,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_AsUTF8, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int, none, read_buffer, release } from '../args.ts';
import type { Entity, Model } from './dtd.ts';
import { unknown_encoding } from './encoding.ts';
import { EXPAT_ERRORS } from './errors.ts';
import { type Handlers, no_handlers, Parser } from './parser.ts';

export const expat_error: PyTypeObject = module_type(
  'pyexpat',
  exception_spec('xml.parsers.expat.ExpatError', () => PyExc_Exception),
);

const INT_MAX = 2147483647;
const MAX_CHUNK = 1 << 20;
const CHARACTER_BUFFER_SIZE = 8192;

class ParserData {
  readonly parser: Parser;
  /** Names that were met, so that each is one object (owned dict or null). */
  intern: PyObject | null;
  /** Owned, by attribute name; None and unset are not here. */
  handlers = new Map<string, PyObject>();
  ordered_attributes = false;
  specified_attributes = false;
  /** Text to be given to CharacterDataHandler at once; null: each piece goes there as it comes. */
  buffer: string[] | null = null;
  /** Bytes in UTF-8. */
  buffer_size = CHARACTER_BUFFER_SIZE;
  buffer_used = 0;
  in_callback = false;
  /** The parser whose document has this one's entity (owned or null). */
  parent: PyObject | null = null;
  constructor(parser: Parser, intern: PyObject | null) {
    this.parser = parser;
    this.intern = intern;
  }
}
type ParserObject = PyObject<ParserData>;

function of(self: PyObject): ParserData {
  return (self as ParserObject).v;
}

export function raise_expat_error(code: number, parser: Parser): never {
  const { line, column } = parser;
  const text = EXPAT_ERRORS[code]?.[1] ?? 'unknown error';
  const message = PyUnicode_FromString(`${text}: line ${line}, column ${column}`);
  const exc = PyObject_CallOneArg(expat_error, message);
  decref(message);
  for (const [name, value] of [
    ['code', code],
    ['offset', column],
    ['lineno', line],
  ] as const) {
    const n = PyLong_FromLong(value);
    PyObject_SetAttrString(exc, name, n);
    decref(n);
  }
  try {
    PyErr_SetObject(expat_error, exc);
  } finally {
    decref(exc);
  }
}

// --- values ------------------------------------------------------------------------------------------------------------

function text_or_none(s: string | null): PyObject {
  return s === null ? newref(Py_None) : PyUnicode_FromString(s);
}

/** A name, the same object each time. CPython: string_intern */
function interned(d: ParserData, s: string | null): PyObject {
  const text = text_or_none(s);
  if (d.intern === null || s === null) return text;
  const one = newref(PyDict_SetDefault(d.intern, text, text));
  decref(text);
  return one;
}

/** CPython: conv_content_model */
function model_tuple(d: ParserData, m: Model): PyObject {
  // Children first, without recursion: models may be nested deep.
  const order: Model[] = [m];
  for (let i = 0; i < order.length; i++) order.push(...order[i]!.children);
  const made = new Map<Model, PyObject>();
  for (const one of order.reverse()) {
    const children = PyTuple_FromArraySteal(one.children.map(c => made.get(c)!));
    made.set(
      one,
      PyTuple_FromArraySteal([PyLong_FromLong(one.type), PyLong_FromLong(one.quant), interned(d, one.name), children]),
    );
  }
  return made.get(m)!;
}

// --- handlers ----------------------------------------------------------------------------------------------------------

/** Calls a handler; steals the arguments. New reference. CPython: call_with_frame */
function call(self: PyObject, name: string, args: PyObject[]): PyObject {
  const d = of(self);
  const handler = newref(d.handlers.get(name)!);
  d.in_callback = true;
  try {
    return PyObject_Vectorcall(handler, args, null);
  } catch (e) {
    clear_handlers(self);
    throw e;
  } finally {
    d.in_callback = false;
    decref_all(args);
    decref(handler);
  }
}

function call_void(self: PyObject, name: string, args: PyObject[]): void {
  if (!of(self).handlers.has(name)) {
    decref_all(args);
    return;
  }
  decref(call(self, name, args));
}

function call_int(self: PyObject, name: string, args: PyObject[]): number {
  const r = call(self, name, args);
  try {
    return PyLong_AsInt(r);
  } catch (e) {
    clear_handlers(self);
    throw e;
  } finally {
    decref(r);
  }
}

function flush_text(self: PyObject): void {
  const d = of(self);
  if (d.buffer === null || d.buffer_used === 0) return;
  const text = d.buffer.join('');
  d.buffer.length = 0;
  d.buffer_used = 0;
  call_void(self, 'CharacterDataHandler', [PyUnicode_FromString(text)]);
}

function utf8_size(s: string): number {
  let n = s.length;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0x80) n += c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 1 : 2;
  }
  return n;
}

/** CPython: my_CharacterDataHandler */
function character_data(self: PyObject, text: string): void {
  const d = of(self);
  if (d.buffer === null) {
    call_void(self, 'CharacterDataHandler', [PyUnicode_FromString(text)]);
    return;
  }
  const size = utf8_size(text);
  if (d.buffer_used + size > d.buffer_size) {
    flush_text(self);
    if (!d.handlers.has('CharacterDataHandler')) return;
  }
  if (size > d.buffer_size || d.buffer === null) {
    call_void(self, 'CharacterDataHandler', [PyUnicode_FromString(text)]);
    d.buffer_used = 0;
  } else {
    d.buffer.push(text);
    d.buffer_used += size;
  }
}

/** CPython: my_StartElementHandler */
function start_element(self: PyObject, name: string, attributes: string[], specified: number): void {
  const d = of(self);
  const n = d.specified_attributes ? specified : attributes.length;
  let container: PyObject;
  if (d.ordered_attributes) {
    const items: PyObject[] = [];
    for (let i = 0; i < n; i += 2) items.push(interned(d, attributes[i]!), PyUnicode_FromString(attributes[i + 1]!));
    container = PyList_FromArraySteal(items);
  } else {
    container = PyDict_New();
    for (let i = 0; i < n; i += 2) {
      const key = interned(d, attributes[i]!);
      const value = PyUnicode_FromString(attributes[i + 1]!);
      PyDict_SetItem(container, key, value);
      decref(key);
      decref(value);
    }
  }
  call_void(self, 'StartElementHandler', [interned(d, name), container]);
}

function entity_args(d: ParserData, e: Entity): PyObject[] {
  return [interned(d, e.base), interned(d, e.system_id), interned(d, e.public_id), interned(d, e.notation)];
}

/** What the engine calls for each attribute's handler. Text that was held back goes first. */
const CONNECT: Readonly<Record<string, (self: PyObject, h: Handlers, on: boolean) => void>> = {
  StartElementHandler(self, h, on) {
    h.start_element = on
      ? (name, attributes, specified) => {
          flush_text(self);
          start_element(self, name, attributes, specified);
        }
      : null;
  },
  EndElementHandler(self, h, on) {
    h.end_element = on
      ? name => {
          flush_text(self);
          call_void(self, 'EndElementHandler', [interned(of(self), name)]);
        }
      : null;
  },
  ProcessingInstructionHandler(self, h, on) {
    h.processing_instruction = on
      ? (target, data) => {
          flush_text(self);
          const args = [interned(of(self), target), PyUnicode_FromString(data)];
          call_void(self, 'ProcessingInstructionHandler', args);
        }
      : null;
  },
  CharacterDataHandler(self, h, on) {
    h.character_data = on ? text => character_data(self, text) : null;
  },
  UnparsedEntityDeclHandler(self, h, on) {
    h.unparsed_entity_decl = on
      ? e => {
          flush_text(self);
          const d = of(self);
          call_void(self, 'UnparsedEntityDeclHandler', [interned(d, e.name), ...entity_args(d, e)]);
        }
      : null;
  },
  NotationDeclHandler(self, h, on) {
    h.notation_decl = on
      ? (...parts) => {
          flush_text(self);
          call_void(
            self,
            'NotationDeclHandler',
            parts.map(s => interned(of(self), s)),
          );
        }
      : null;
  },
  StartNamespaceDeclHandler(self, h, on) {
    h.start_namespace = on
      ? (prefix, uri) => {
          flush_text(self);
          const d = of(self);
          call_void(self, 'StartNamespaceDeclHandler', [interned(d, prefix), interned(d, uri)]);
        }
      : null;
  },
  EndNamespaceDeclHandler(self, h, on) {
    h.end_namespace = on
      ? prefix => {
          flush_text(self);
          call_void(self, 'EndNamespaceDeclHandler', [interned(of(self), prefix)]);
        }
      : null;
  },
  CommentHandler(self, h, on) {
    h.comment = on
      ? data => {
          flush_text(self);
          call_void(self, 'CommentHandler', [PyUnicode_FromString(data)]);
        }
      : null;
  },
  StartCdataSectionHandler(self, h, on) {
    h.start_cdata = on
      ? () => {
          flush_text(self);
          call_void(self, 'StartCdataSectionHandler', []);
        }
      : null;
  },
  EndCdataSectionHandler(self, h, on) {
    h.end_cdata = on
      ? () => {
          flush_text(self);
          call_void(self, 'EndCdataSectionHandler', []);
        }
      : null;
  },
  DefaultHandler(self, h, on) {
    of(self).parser.expand = false;
    h.other = on
      ? data => {
          flush_text(self);
          call_void(self, 'DefaultHandler', [PyUnicode_FromString(data)]);
        }
      : null;
  },
  DefaultHandlerExpand(self, h, on) {
    of(self).parser.expand = true;
    h.other = on
      ? data => {
          flush_text(self);
          call_void(self, 'DefaultHandlerExpand', [PyUnicode_FromString(data)]);
        }
      : null;
  },
  NotStandaloneHandler(self, h, on) {
    h.not_standalone = on
      ? () => {
          flush_text(self);
          return call_int(self, 'NotStandaloneHandler', []) !== 0;
        }
      : null;
  },
  ExternalEntityRefHandler(self, h, on) {
    h.external_entity = on
      ? (context, base, system, public_id) => {
          flush_text(self);
          const d = of(self);
          const args = [text_or_none(context), ...[base, system, public_id].map(s => interned(d, s))];
          return call_int(self, 'ExternalEntityRefHandler', args) !== 0;
        }
      : null;
  },
  StartDoctypeDeclHandler(self, h, on) {
    h.start_doctype = on
      ? (name, system, public_id, subset) => {
          flush_text(self);
          const args = [name, system, public_id].map(s => interned(of(self), s));
          call_void(self, 'StartDoctypeDeclHandler', [...args, PyLong_FromLong(subset ? 1 : 0)]);
        }
      : null;
  },
  EndDoctypeDeclHandler(self, h, on) {
    h.end_doctype = on
      ? () => {
          flush_text(self);
          call_void(self, 'EndDoctypeDeclHandler', []);
        }
      : null;
  },
  EntityDeclHandler(self, h, on) {
    h.entity_decl = on
      ? (e, parameter) => {
          flush_text(self);
          const d = of(self);
          const args = [
            interned(d, e.name),
            PyLong_FromLong(parameter ? 1 : 0),
            text_or_none(e.text),
            ...entity_args(d, e),
          ];
          call_void(self, 'EntityDeclHandler', args);
        }
      : null;
  },
  XmlDeclHandler(self, h, on) {
    h.xml_decl = on
      ? (version, encoding, standalone) => {
          flush_text(self);
          call_void(self, 'XmlDeclHandler', [
            text_or_none(version),
            text_or_none(encoding),
            PyLong_FromLong(standalone),
          ]);
        }
      : null;
  },
  ElementDeclHandler(self, h, on) {
    h.element_decl = on
      ? (name, model) => {
          flush_text(self);
          call_void(self, 'ElementDeclHandler', [interned(of(self), name), model_tuple(of(self), model)]);
        }
      : null;
  },
  AttlistDeclHandler(self, h, on) {
    h.attlist_decl = on
      ? (element, name, type, value, required) => {
          flush_text(self);
          const d = of(self);
          const args = [interned(d, element), interned(d, name), text_or_none(type), text_or_none(value)];
          call_void(self, 'AttlistDeclHandler', [...args, PyLong_FromLong(required ? 1 : 0)]);
        }
      : null;
  },
  SkippedEntityHandler(self, h, on) {
    h.skipped_entity = on
      ? (name, parameter) => {
          flush_text(self);
          const args = [interned(of(self), name), PyLong_FromLong(parameter ? 1 : 0)];
          call_void(self, 'SkippedEntityHandler', args);
        }
      : null;
  },
};

function clear_handlers(self: PyObject): void {
  const d = of(self);
  const old = [...d.handlers.values()];
  d.handlers.clear();
  Object.assign(d.parser.handlers, no_handlers());
  decref_all(old);
}

function get_handler(name: string): (self: PyObject) => PyObject {
  return self => newref(of(self).handlers.get(name) ?? Py_None);
}

/** CPython: xmlparse_handler_setter */
function set_handler(name: string): (self: PyObject, value: PyObject | null) => void {
  return (self, value) => {
    if (value === null) cannot_delete();
    const d = of(self);
    // Text collected for the handler that goes is its.
    if (name === 'CharacterDataHandler') flush_text(self);
    const old = d.handlers.get(name) ?? null;
    const on = value !== Py_None;
    if (on) d.handlers.set(name, newref(value!));
    else d.handlers.delete(name);
    CONNECT[name]!(self, d.parser.handlers, on);
    xdecref(old);
  };
}

// --- making parsers ------------------------------------------------------------------------------------------------------

function make(parser: Parser, intern: PyObject | null): ParserObject {
  const self = new PyObject<ParserData, null>(xmlparser_type, new ParserData(parser, intern), null) as ParserObject;
  parser.handlers.unknown_encoding = unknown_encoding;
  newref(xmlparser_type);
  gc_new(self);
  return self;
}

export function new_xmlparser(encoding: string | null, separator: string | null, intern: PyObject | null): PyObject {
  return make(new Parser('document', separator, encoding), intern);
}

function xmlparser_dealloc(self: PyObject): void {
  gc_del(self);
  const d = of(self);
  clear_handlers(self);
  xdecref(d.intern);
  xdecref(d.parent);
  decref(xmlparser_type);
}

function xmlparser_traverse(self: PyObject, visit: visitproc): void {
  const d = of(self);
  for (const h of d.handlers.values()) visit(h);
  if (d.intern !== null) visit(d.intern);
  if (d.parent !== null) visit(d.parent);
  visit(xmlparser_type);
}

function xmlparser_clear(self: PyObject): void {
  const d = of(self);
  clear_handlers(self);
  const { intern, parent } = d;
  d.intern = null;
  d.parent = null;
  xdecref(intern);
  xdecref(parent);
}

/** CPython: pyexpat_xmlparser_ExternalEntityParserCreate_impl */
function external_entity_parser_create(self: PyObject, context: PyObject, encoding: PyObject | null): PyObject {
  const d = of(self);
  if (context !== Py_None && !PyUnicode_Check(context)) {
    const type = context.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `ExternalEntityParserCreate() argument 1 must be str or None, not ${type}`);
  }
  if (encoding !== null && !PyUnicode_Check(encoding)) {
    const type = encoding === Py_None ? 'None' : encoding.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `ExternalEntityParserCreate() argument 2 must be str, not ${type}`);
  }
  const inner = d.parser.external(
    context === Py_None ? null : PyUnicode_AsUTF8(context),
    encoding === null ? null : PyUnicode_AsUTF8(encoding),
  );
  const child = make(inner, d.intern === null ? null : newref(d.intern));
  const c = of(child);
  c.parent = newref(self);
  c.ordered_attributes = d.ordered_attributes;
  c.specified_attributes = d.specified_attributes;
  if (d.buffer !== null) c.buffer = [];
  c.buffer_size = d.buffer_size;
  inner.handlers = { ...no_handlers(), unknown_encoding };
  for (const [name, handler] of d.handlers) {
    c.handlers.set(name, newref(handler));
    CONNECT[name]!(child, inner.handlers, true);
  }
  inner.expand = d.parser.expand;
  return child;
}

// --- parsing -------------------------------------------------------------------------------------------------------------

function feed(self: PyObject, data: Uint8Array, final: boolean): PyObject {
  const d = of(self);
  const fine = d.parser.parse(data, final);
  if (!fine) raise_expat_error(d.parser.error, d.parser);
  flush_text(self);
  return PyLong_FromLong(1);
}

/** CPython: pyexpat_xmlparser_Parse_impl */
function parse(self: PyObject, data: PyObject, isfinal: PyObject | null): PyObject {
  const final = isfinal !== null && PyObject_IsTrue(isfinal);
  const d = of(self);
  if (d.in_callback) PyErr_SetString(PyExc_RuntimeError, 'cannot call Parse() from within a handler');
  if (PyUnicode_Check(data)) {
    const bytes = new TextEncoder().encode(PyUnicode_AsUTF8(data));
    d.parser.suggest_encoding('utf-8');
    return feed(self, bytes, final);
  }
  const view = read_buffer(data);
  try {
    const { bytes } = view;
    let at = 0;
    for (; bytes.length - at > MAX_CHUNK; at += MAX_CHUNK)
      decref(feed(self, bytes.subarray(at, at + MAX_CHUNK), false));
    return feed(self, bytes.subarray(at), final);
  } finally {
    release(view);
  }
}

const BUF_SIZE = 2048;

/** CPython: pyexpat_xmlparser_ParseFile_impl */
function parse_file(self: PyObject, file: PyObject): PyObject {
  const d = of(self);
  if (d.in_callback) PyErr_SetString(PyExc_RuntimeError, 'cannot call ParseFile() from within a handler');
  const read = PyObject_GetOptionalAttrString(file, 'read');
  if (read === null) PyErr_SetString(PyExc_TypeError, "argument must have 'read' attribute");
  try {
    for (;;) {
      const size = PyLong_FromLong(BUF_SIZE);
      let data: PyObject;
      try {
        data = PyObject_CallOneArg(read, size);
      } finally {
        decref(size);
      }
      try {
        let bytes: Uint8Array;
        if (PyBytes_Check(data)) bytes = data.v as Uint8Array;
        else if (data.ob_type.bf_getbuffer !== null) {
          const view = read_buffer(data);
          bytes = view.bytes.slice();
          release(view);
        } else {
          PyErr_SetString(PyExc_TypeError, `read() did not return a bytes object (type=${data.ob_type.tp_name})`);
        }
        if (bytes.length > BUF_SIZE) {
          PyErr_SetString(
            PyExc_ValueError,
            `read() returned too much data: ${BUF_SIZE} bytes requested, ${bytes.length} returned`,
          );
        }
        const last = bytes.length === 0;
        const result = feed(self, bytes, last);
        if (last) return result;
        decref(result);
      } finally {
        decref(data);
      }
    }
  } finally {
    decref(read);
  }
}

function set_base(self: PyObject, base: PyObject): PyObject {
  if (!PyUnicode_Check(base)) {
    const type = base === Py_None ? 'None' : base.ob_type.tp_name;
    PyErr_SetString(PyExc_TypeError, `SetBase() argument must be str, not ${type}`);
  }
  of(self).parser.base = PyUnicode_AsUTF8(base);
  return none();
}

function get_base(self: PyObject): PyObject {
  return text_or_none(of(self).parser.base);
}

function get_input_context(self: PyObject): PyObject {
  const d = of(self);
  const context = d.in_callback ? d.parser.context : null;
  return context === null ? none() : PyBytes_FromUint8Array(new TextEncoder().encode(context));
}

function set_param_entity_parsing(self: PyObject, flag: PyObject): PyObject {
  const { parser } = of(self);
  const n = c_int(flag);
  if (parser.started) return PyLong_FromLong(0);
  parser.param_entity_parsing = n;
  return PyLong_FromLong(1);
}

/** XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING */
const TOO_LATE = 26;

function use_foreign_dtd(self: PyObject, flag: PyObject | null): PyObject {
  const { parser } = of(self);
  const on = flag === null || PyObject_IsTrue(flag);
  if (parser.started) raise_expat_error(TOO_LATE, parser);
  parser.use_foreign_dtd = on;
  return none();
}

function set_reparse_deferral(self: PyObject, enabled: PyObject): PyObject {
  of(self).parser.reparse_deferral = PyObject_IsTrue(enabled);
  return none();
}

function get_reparse_deferral(self: PyObject): PyObject {
  return PyBool_FromLong(of(self).parser.reparse_deferral);
}

function threshold(o: PyObject): number {
  if (!PyLong_Check(o))
    PyErr_SetString(PyExc_TypeError, `'${o.ob_type.tp_name}' object cannot be interpreted as an integer`);
  if (_PyLong_Sign(o) < 0) PyErr_SetString(PyExc_ValueError, 'Cannot convert negative int');
  return Number(PyLong_AsUnsignedLong(o));
}

function raise_plain(message: string): never {
  PyErr_SetString(expat_error, message);
}

function factor(self: PyObject, o: PyObject): number {
  const f = Math.fround(PyFloat_AsDouble(o));
  if (of(self).parent !== null) raise_plain('parser must be a root parser');
  if (!(f >= 1)) raise_plain("'max_factor' must be at least 1.0");
  return f;
}

function set_laughs_factor(self: PyObject, o: PyObject): PyObject {
  of(self).parser.budget.max_factor = factor(self, o);
  return none();
}

function set_laughs_threshold(self: PyObject, o: PyObject): PyObject {
  const n = threshold(o);
  if (of(self).parent !== null) raise_plain('parser must be a root parser');
  of(self).parser.budget.threshold = n;
  return none();
}

/** Memory is V8's to count: the limits on what Expat allocates are checked and have nothing to limit. */
function set_alloc_factor(self: PyObject, o: PyObject): PyObject {
  factor(self, o);
  return none();
}

function set_alloc_threshold(self: PyObject, o: PyObject): PyObject {
  threshold(o);
  if (of(self).parent !== null) raise_plain('parser must be a root parser');
  return none();
}

// --- attributes ----------------------------------------------------------------------------------------------------------

function cannot_delete(): never {
  PyErr_SetString(PyExc_RuntimeError, 'Cannot delete attribute');
}

function flag(get: (d: ParserData) => boolean, set: (d: ParserData, self: PyObject, on: boolean) => void) {
  return {
    get: (self: PyObject) => PyBool_FromLong(get(of(self))),
    set(self: PyObject, value: PyObject | null) {
      if (value === null) cannot_delete();
      set(of(self), self, PyObject_IsTrue(value!));
    },
  };
}

function set_buffer_size(self: PyObject, value: PyObject | null): void {
  if (value === null) cannot_delete();
  if (!PyLong_Check(value!)) PyErr_SetString(PyExc_TypeError, 'buffer_size must be an integer');
  const n = Number((value as PyObject).v as number | bigint);
  if (n <= 0) PyErr_SetString(PyExc_ValueError, 'buffer_size must be greater than zero');
  if (n > INT_MAX) PyErr_SetString(PyExc_ValueError, `buffer_size must not be greater than ${INT_MAX}`);
  const d = of(self);
  if (d.buffer !== null) flush_text(self);
  d.buffer_size = n;
}

const number_of = (get: (p: Parser) => number) => (self: PyObject) => PyLong_FromLong(get(of(self).parser));

export const xmlparser_type: PyTypeObject = module_type('pyexpat', {
  name: 'pyexpat.xmlparser',
  heap: 'immutable',
  tp_basicsize: 88,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_doc: 'XML parser',
  tp_dealloc: xmlparser_dealloc,
  tp_traverse: xmlparser_traverse,
  tp_clear: xmlparser_clear,
  methods: [
    { name: 'Parse', flags: METH_CLINIC | METH_METHOD, meth: parse, sig: '($self, data, isfinal=False, /)' },
    { name: 'ParseFile', flags: METH_CLINIC | METH_METHOD, meth: parse_file, sig: '($self, file, /)' },
    { name: 'SetBase', flags: METH_O, meth: set_base, sig: '($self, base, /)' },
    { name: 'GetBase', flags: METH_NOARGS, meth: get_base, sig: '($self, /)' },
    { name: 'GetInputContext', flags: METH_NOARGS, meth: get_input_context, sig: '($self, /)' },
    {
      name: 'ExternalEntityParserCreate',
      flags: METH_CLINIC | METH_METHOD,
      meth: external_entity_parser_create,
      sig: '($self, context, encoding=<unrepresentable>,\n                           /)',
    },
    { name: 'SetParamEntityParsing', flags: METH_O, meth: set_param_entity_parsing, sig: '($self, flag, /)' },
    { name: 'UseForeignDTD', flags: METH_CLINIC | METH_METHOD, meth: use_foreign_dtd, sig: '($self, flag=True, /)' },
    { name: 'GetReparseDeferralEnabled', flags: METH_NOARGS, meth: get_reparse_deferral, sig: '($self, /)' },
    { name: 'SetReparseDeferralEnabled', flags: METH_O, meth: set_reparse_deferral, sig: '($self, enabled, /)' },
    {
      name: 'SetBillionLaughsAttackProtectionActivationThreshold',
      flags: METH_CLINIC | METH_METHOD,
      meth: set_laughs_threshold,
      sig: '($self, threshold, /)',
    },
    {
      name: 'SetBillionLaughsAttackProtectionMaximumAmplification',
      flags: METH_CLINIC | METH_METHOD,
      meth: set_laughs_factor,
      sig: '($self, max_factor,\n                                                     /)',
    },
    {
      name: 'SetAllocTrackerActivationThreshold',
      flags: METH_CLINIC | METH_METHOD,
      meth: set_alloc_threshold,
      sig: '($self, threshold, /)',
    },
    {
      name: 'SetAllocTrackerMaximumAmplification',
      flags: METH_CLINIC | METH_METHOD,
      meth: set_alloc_factor,
      sig: '($self, max_factor, /)',
    },
  ],
  members: [{ name: 'intern', get: self => newref(of(self).intern ?? Py_None) }],
  getset: [
    ...Object.keys(CONNECT).map(name => ({ name, get: get_handler(name), set: set_handler(name) })),
    { name: 'ErrorCode', get: number_of(p => p.error) },
    { name: 'ErrorLineNumber', get: number_of(p => p.line) },
    { name: 'ErrorColumnNumber', get: number_of(p => p.column) },
    { name: 'ErrorByteIndex', get: number_of(p => p.byte_index) },
    { name: 'CurrentLineNumber', get: number_of(p => p.line) },
    { name: 'CurrentColumnNumber', get: number_of(p => p.column) },
    { name: 'CurrentByteIndex', get: number_of(p => p.byte_index) },
    {
      name: 'buffer_text',
      ...flag(
        d => d.buffer !== null,
        (d, self, on) => {
          if (on) d.buffer ??= [];
          else if (d.buffer !== null) {
            flush_text(self);
            d.buffer = null;
          }
        },
      ),
    },
    { name: 'buffer_size', get: self => PyLong_FromLong(of(self).buffer_size), set: set_buffer_size },
    { name: 'buffer_used', get: self => PyLong_FromLong(of(self).buffer_used) },
    {
      name: 'namespace_prefixes',
      ...flag(
        d => d.parser.scope.triplets,
        (d, _, on) => {
          d.parser.scope.triplets = on;
        },
      ),
    },
    {
      name: 'ordered_attributes',
      ...flag(
        d => d.ordered_attributes,
        (d, _, on) => {
          d.ordered_attributes = on;
        },
      ),
    },
    {
      name: 'specified_attributes',
      ...flag(
        d => d.specified_attributes,
        (d, _, on) => {
          d.specified_attributes = on;
        },
      ),
    },
  ],
});
