// xmlparser.ts: the XMLParser type: the parser of pyexpat makes a tree, or calls a target's methods.
//
//                                                                                       CPython: Modules/_elementtree.c
// After an exception in a handler no more of them are called; the parser itself goes on to the end of the piece of the
// document that it was given, and the exception is raised then.

import { PyErr_Clear, PyErr_SetObject, PyErr_SetString, Raised } from '../../core/errors.ts';
import { gc_del } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_IMMUTABLETYPE,
  type PyObject,
  type PyTypeObject,
  type visitproc,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type TypeSpec } from '../../core/spec.ts';
import { PySequence_Fast, PySequence_Fast_ITEMS } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import {
  PyObject_CallNoArgs,
  PyObject_CallOneArg,
  PyObject_CallTwoArgs,
  PyObject_Vectorcall,
} from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyDict_GetItemRef, PyDict_New, PyDict_SetItem } from '../../objects/dictobject.ts';
import {
  PyExc_RuntimeError,
  PyExc_RuntimeWarning,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyArg_Clinic } from '../../objects/getargs.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import {
  Py_None,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttrString,
  PyObject_SetAttrString,
} from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import {
  PyUnicode_AsEncodedString,
  PyUnicode_AsUTF8,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
} from '../../objects/unicodeobject.ts';
import { PyErr_WarnEx } from '../../objects/warnings.ts';
import { none, read_buffer, release, type_name } from '../args.ts';
import { unknown_encoding } from '../expat/encoding.ts';
import { EXPAT_ERRORS, EXPAT_VERSION, UNDEFINED_ENTITY } from '../expat/errors.ts';
import { Parser } from '../expat/parser.ts';
import { type State, state_of_type } from './state.ts';
import {
  type Builder,
  builder_comment,
  builder_data,
  builder_done,
  builder_end,
  builder_end_ns,
  builder_pi,
  builder_start,
  builder_start_ns,
  type Events,
  no_events,
  TreeBuilder_CheckExact,
  treebuilder_new,
} from './treebuilder.ts';

/** The target's methods that are called, by their names. */
const METHODS = ['start_ns', 'end_ns', 'start', 'data', 'end', 'comment', 'pi', 'close', 'doctype'] as const;
type Method = (typeof METHODS)[number];

/** References are owned. */
class XMLParserData {
  readonly state: State;
  /** Null until __init__ was called. */
  parser: Parser | null = null;
  target: PyObject | null = null;
  /** The target's own data, if it is a plain tree builder. */
  builder: Builder | null = null;
  /** Texts of entities, a dict that programs may fill. */
  entity: PyObject | null = null;
  /** Names as Python has them by UTF-8, a dict; `known` finds them faster (borrowed). */
  names: PyObject | null = null;
  known: Map<string, PyObject> = new Map();
  handles: Partial<Record<Method, PyObject>> = {};
  /** What a handler raised. */
  raised: Raised | null = null;
  running = false;
  constructor(state: State) {
    this.state = state;
  }
}
type XMLParserObject = PyObject<XMLParserData>;

function of(self: PyObject): XMLParserData {
  return (self as XMLParserObject).v;
}

// --- values and errors -----------------------------------------------------------------------------------------------------

/** A name, borrowed: 'uri}local' as '{uri}local'. CPython: makeuniversal */
function universal(d: XMLParserData, name: string): PyObject {
  const known = d.known.get(name);
  if (known !== undefined) return known;
  const key = PyBytes_FromUint8Array(new TextEncoder().encode(name));
  const value = PyUnicode_FromString(name.includes('}') ? `{${name}` : name);
  PyDict_SetItem(d.names!, key, value);
  d.known.set(name, value);
  decref(key);
  decref(value);
  return value;
}

/** CPython: expat_set_error */
function raise_parse_error(d: XMLParserData, code: number, text: string): never {
  const { line, column } = d.parser!;
  const message = PyUnicode_FromString(`${text}: line ${line}, column ${column}`);
  const error = PyObject_CallOneArg(d.state.parse_error, message);
  decref(message);
  try {
    const number = PyLong_FromLong(code);
    PyObject_SetAttrString(error, 'code', number);
    decref(number);
    const position = PyTuple_FromArraySteal([PyLong_FromLong(line), PyLong_FromLong(column)]);
    PyObject_SetAttrString(error, 'position', position);
    decref(position);
    PyErr_SetObject(d.state.parse_error, error);
  } finally {
    decref(error);
  }
}

// --- handlers --------------------------------------------------------------------------------------------------------------

/** Runs a handler's body, unless one has raised already. */
function guarded(d: XMLParserData, body: () => void): void {
  if (d.raised !== null) return;
  try {
    body();
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    d.raised = error;
  }
}

/** Calls a method of the target, if it has that, with arguments that are stolen. */
function call(d: XMLParserData, method: Method, args: PyObject[]): void {
  const handle = d.handles[method];
  try {
    if (handle !== undefined) decref(PyObject_Vectorcall(handle, args, null));
  } finally {
    for (const o of args) decref(o);
  }
}

/** CPython: expat_start_handler */
function on_start(d: XMLParserData, name: string, attributes: string[]): void {
  if (d.builder === null && d.handles.start === undefined) return;
  const tag = universal(d, name);
  let attrib: PyObject | null = null;
  if (attributes.length > 0 || d.builder === null) {
    attrib = PyDict_New();
    for (let i = 0; i < attributes.length; i += 2) {
      const value = PyUnicode_FromString(attributes[i + 1]!);
      PyDict_SetItem(attrib, universal(d, attributes[i]!), value);
      decref(value);
    }
  }
  try {
    decref(
      d.builder === null ? PyObject_CallTwoArgs(d.handles.start!, tag, attrib!) : builder_start(d.builder, tag, attrib),
    );
  } finally {
    xdecref(attrib);
  }
}

function on_end(d: XMLParserData, name: string): void {
  if (d.builder !== null) decref(builder_end(d.builder));
  else if (d.handles.end !== undefined) call(d, 'end', [newref(universal(d, name))]);
}

function on_data(d: XMLParserData, text: PyObject): void {
  if (d.builder !== null) builder_data(d.builder, text);
  else if (d.handles.data !== undefined) decref(PyObject_CallOneArg(d.handles.data, text));
}

/** Text that no other handler has: a reference to an entity that the document does not declare.
 *  CPython: expat_default_handler */
function on_other(d: XMLParserData, text: string): void {
  if (text.length < 2 || text[0] !== '&') return;
  const name = PyUnicode_FromString(text.slice(1, -1));
  let value: PyObject | null;
  try {
    value = PyDict_GetItemRef(d.entity!, name);
  } finally {
    decref(name);
  }
  if (value === null) raise_parse_error(d, UNDEFINED_ENTITY, `undefined entity ${text.slice(0, 100)}`);
  try {
    on_data(d, value);
  } finally {
    decref(value);
  }
}

function on_start_ns(d: XMLParserData, prefix: string | null, uri: string | null): void {
  const { builder } = d;
  if (builder !== null ? builder.events['start-ns'] === null : d.handles.start_ns === undefined) return;
  const args = [PyUnicode_FromString(prefix ?? ''), PyUnicode_FromString(uri ?? '')];
  if (builder === null) {
    call(d, 'start_ns', args);
    return;
  }
  try {
    builder_start_ns(builder, args[0]!, args[1]!);
  } finally {
    for (const o of args) decref(o);
  }
}

function on_end_ns(d: XMLParserData, prefix: string | null): void {
  if (d.builder !== null) builder_end_ns(d.builder);
  else call(d, 'end_ns', [PyUnicode_FromString(prefix ?? '')]);
}

function on_comment(d: XMLParserData, data: string): void {
  const text = PyUnicode_FromString(data);
  if (d.builder === null) {
    call(d, 'comment', [text]);
    return;
  }
  try {
    decref(builder_comment(d.builder, text));
  } finally {
    decref(text);
  }
}

function on_pi(d: XMLParserData, target: string, data: string): void {
  const { builder } = d;
  if (builder !== null && builder.events.pi === null && !builder.insert_pis) return;
  const args = [PyUnicode_FromString(target), PyUnicode_FromString(data)];
  if (builder === null) {
    call(d, 'pi', args);
    return;
  }
  try {
    decref(builder_pi(builder, args[0]!, args[1]!));
  } finally {
    for (const o of args) decref(o);
  }
}

/** CPython: expat_start_doctype_handler */
function on_doctype(self: PyObject, name: string, system: string | null, publicId: string | null): void {
  const d = of(self);
  const part = (s: string | null) => (s === null ? none() : newref(universal(d, s)));
  if (d.handles.doctype !== undefined) {
    call(d, 'doctype', [part(name), part(publicId), part(system)]);
    return;
  }
  const own = PyObject_GetOptionalAttrString(self, 'doctype');
  if (own === null) return;
  decref(own);
  const text = 'The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.';
  PyErr_WarnEx(PyExc_RuntimeWarning, text, 1);
}

function listen_to_namespaces(d: XMLParserData): void {
  const { handlers } = d.parser!;
  handlers.start_namespace = (prefix, uri) => guarded(d, () => on_start_ns(d, prefix, uri));
  handlers.end_namespace = prefix => guarded(d, () => on_end_ns(d, prefix));
}

function listen_to_comments(d: XMLParserData): void {
  d.parser!.handlers.comment = data => guarded(d, () => on_comment(d, data));
}

function listen_to_instructions(d: XMLParserData): void {
  d.parser!.handlers.processing_instruction = (target, data) => guarded(d, () => on_pi(d, target, data));
}

function listen(self: PyObject): void {
  const d = of(self);
  const parser = d.parser!;
  const { handlers } = parser;
  const { handles } = d;
  if (handles.start_ns !== undefined || handles.end_ns !== undefined) listen_to_namespaces(d);
  handlers.start_element = (name, attributes) => guarded(d, () => on_start(d, name, attributes));
  handlers.end_element = name => guarded(d, () => on_end(d, name));
  parser.expand = true;
  handlers.other = text => guarded(d, () => on_other(d, text));
  handlers.character_data = data =>
    guarded(d, () => {
      const text = PyUnicode_FromString(data);
      try {
        on_data(d, text);
      } finally {
        decref(text);
      }
    });
  if (handles.comment !== undefined) listen_to_comments(d);
  if (handles.pi !== undefined) listen_to_instructions(d);
  handlers.start_doctype = (name, system, publicId) => guarded(d, () => on_doctype(self, name, system, publicId));
  handlers.unknown_encoding = name => {
    let table: readonly number[] | null = null;
    guarded(d, () => {
      table = unknown_encoding(name);
    });
    return table;
  };
}

// --- construction, destruction ---------------------------------------------------------------------------------------------

function xmlparser_new(type: PyTypeObject, _args: PyObject, _kwargs: PyObject | null): PyObject {
  return type.tp_alloc!(type, new XMLParserData(state_of_type(type)));
}

/** What it holds, in the order in which CPython lets go of it. */
function held(d: XMLParserData): (PyObject | null)[] {
  const { handles } = d;
  const order: Method[] = ['close', 'pi', 'comment', 'end', 'data', 'start', 'start_ns', 'end_ns', 'doctype'];
  return [...order.map(name => handles[name] ?? null), d.target, d.entity, d.names, d.raised?.exc ?? null];
}

function xmlparser_clear(self: PyObject): void {
  const d = of(self);
  const old = held(d);
  Object.assign(d, new XMLParserData(d.state));
  for (const o of old) xdecref(o);
}

function xmlparser_dealloc(self: PyObject): void {
  gc_del(self);
  for (const o of held(of(self))) xdecref(o);
}

function xmlparser_traverse(self: PyObject, visit: visitproc): void {
  for (const o of held(of(self))) if (o !== null) visit(o);
}

function encoding_arg(o: PyObject | null | undefined): string | null {
  if (o == null || o === Py_None) return null;
  if (!PyUnicode_Check(o)) {
    PyErr_SetString(PyExc_TypeError, `XMLParser() argument 'encoding' must be str or None, not ${type_name(o)}`);
  }
  const name = PyUnicode_AsUTF8(o);
  if (name.includes('\0')) PyErr_SetString(PyExc_ValueError, 'embedded null character');
  return name;
}

/** CPython: _elementtree_XMLParser___init___impl */
function xmlparser_init(self: PyObject, args: PyObject, kwargs: PyObject | null): void {
  const [given, encoding] = PyArg_Clinic('XMLParser', '(*, target=None, encoding=None)', args, kwargs);
  const name = encoding_arg(encoding as PyObject | null | undefined);
  const d = of(self);
  if (d.running) already_running();
  xmlparser_clear(self);
  d.entity = PyDict_New();
  d.names = PyDict_New();
  d.parser = new Parser('document', '}', name);
  const target =
    given == null || given === Py_None ? treebuilder_new(d.state.treebuilder_type) : newref(given as PyObject);
  d.target = target;
  d.builder = TreeBuilder_CheckExact(d.state, target) ? target.v : null;
  for (const method of METHODS) {
    const handle = PyObject_GetOptionalAttrString(target, method);
    if (handle !== null) d.handles[method] = handle;
  }
  listen(self);
}

// --- parsing ---------------------------------------------------------------------------------------------------------------

function already_running(): never {
  // CPython crashes.
  PyErr_SetString(PyExc_RuntimeError, 'the parser is in use: one of its handlers is running');
}

/** The parser, once __init__ has made one. CPython: _check_xmlparser */
function initialised(d: XMLParserData): Parser {
  if (d.target === null || d.parser === null) PyErr_SetString(PyExc_ValueError, "XMLParser.__init__() wasn't called");
  if (d.running) already_running();
  return d.parser;
}

/** CPython: expat_parse */
function parse(d: XMLParserData, data: Uint8Array, final: boolean): void {
  const parser = d.parser!;
  d.running = true;
  let fine: boolean;
  try {
    fine = parser.parse(data, final);
  } finally {
    d.running = false;
  }
  const { raised } = d;
  if (raised !== null) {
    d.raised = null;
    throw raised;
  }
  if (!fine) raise_parse_error(d, parser.error, EXPAT_ERRORS[parser.error]?.[1] ?? 'unknown error');
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

function xmlparser_close(self: PyObject): PyObject {
  const d = of(self);
  initialised(d);
  parse(d, NOTHING, true);
  if (d.builder !== null) return builder_done(d.builder);
  return d.handles.close === undefined ? none() : PyObject_CallNoArgs(d.handles.close);
}

/** CPython: _elementtree_XMLParser_flush_impl */
function xmlparser_flush(self: PyObject): PyObject {
  const d = of(self);
  const parser = initialised(d);
  parser.reparse_deferral = false;
  try {
    parse(d, NOTHING, false);
  } finally {
    parser.reparse_deferral = true;
  }
  return none();
}

/** CPython: _elementtree_XMLParser_feed */
function xmlparser_feed(self: PyObject, data: PyObject): PyObject {
  const d = of(self);
  const parser = initialised(d);
  if (PyUnicode_Check(data)) {
    const bytes = new TextEncoder().encode(PyUnicode_AsUTF8(data));
    parser.suggest_encoding('utf-8');
    parse(d, bytes, false);
    return none();
  }
  const view = read_buffer(data);
  try {
    parse(d, view.bytes, false);
  } finally {
    release(view);
  }
  return none();
}

/** The next piece of a file as bytes, or null: its end. New reference. */
function read_piece(parser: Parser, read: PyObject): PyObject | null {
  const size = PyLong_FromLong(64 * 1024);
  let piece: PyObject;
  try {
    piece = PyObject_CallOneArg(read, size);
  } finally {
    decref(size);
  }
  if (PyUnicode_Check(piece)) {
    try {
      if (PyUnicode_GET_LENGTH(piece) === 0) return null;
      parser.suggest_encoding('utf-8');
      return PyUnicode_AsEncodedString(piece, 'utf-8', 'surrogatepass');
    } finally {
      decref(piece);
    }
  }
  if (PyBytes_Check(piece) && (piece.v as Uint8Array).length > 0) return piece;
  decref(piece);
  return null;
}

/** Parses a file to its end. CPython: _elementtree_XMLParser__parse_whole */
function xmlparser_parse_whole(self: PyObject, file: PyObject): PyObject {
  const d = of(self);
  const parser = initialised(d);
  const read = PyObject_GetAttrString(file, 'read');
  try {
    for (;;) {
      const piece = read_piece(parser, read);
      if (piece === null) break;
      try {
        parse(d, piece.v as Uint8Array, false);
      } finally {
        decref(piece);
      }
    }
  } finally {
    decref(read);
  }
  parse(d, NOTHING, true);
  return d.builder === null ? none() : builder_done(d.builder);
}

/** The text of an event's name, which may be bytes too. */
function event_name(o: PyObject): string {
  if (PyUnicode_Check(o)) {
    try {
      return PyUnicode_AsUTF8(o);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      PyErr_Clear(error);
    }
  } else if (PyBytes_Check(o)) return String.fromCharCode(...(o.v as Uint8Array));
  PyErr_SetString(PyExc_ValueError, 'invalid events sequence');
}

/** Has the tree builder tell of events. CPython: _elementtree_XMLParser__setevents_impl */
function xmlparser_setevents(self: PyObject, queue: PyObject, wanted: PyObject | null): PyObject {
  const d = of(self);
  initialised(d);
  const { builder } = d;
  if (builder === null) {
    PyErr_SetString(PyExc_TypeError, 'event handling only supported for ElementTree.TreeBuilder targets');
  }
  const append = PyObject_GetAttrString(queue, 'append');
  const { events_append, events } = builder;
  builder.events_append = append;
  builder.events = no_events();
  xdecref(events_append);
  for (const o of Object.values(events)) xdecref(o as PyObject | null);
  if (wanted === null || wanted === Py_None) {
    builder.events.end = PyUnicode_FromString('end');
    return none();
  }
  const seq = PySequence_Fast(wanted, 'events must be a sequence');
  try {
    for (const o of PySequence_Fast_ITEMS(seq)) {
      const name = event_name(o);
      if (!Object.hasOwn(builder.events, name)) PyErr_SetString(PyExc_ValueError, `unknown event '${name}'`);
      const event = name as keyof Events;
      const old: PyObject | null = builder.events[event];
      builder.events[event] = newref(o);
      xdecref(old);
      if (event === 'start-ns' || event === 'end-ns') listen_to_namespaces(d);
      else if (event === 'comment') listen_to_comments(d);
      else if (event === 'pi') listen_to_instructions(d);
    }
  } finally {
    decref(seq);
  }
  return none();
}

export const xmlparser_spec: TypeSpec = {
  name: 'xml.etree.ElementTree.XMLParser',
  heap: 'immutable',
  tp_basicsize: 136,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
  tp_new: xmlparser_new,
  tp_init: xmlparser_init,
  tp_dealloc: xmlparser_dealloc,
  tp_traverse: xmlparser_traverse,
  tp_clear: xmlparser_clear,
  methods: [
    { name: 'feed', flags: METH_O, meth: xmlparser_feed, sig: '($self, data, /)' },
    { name: 'close', flags: METH_NOARGS, meth: xmlparser_close, sig: '($self, /)' },
    { name: 'flush', flags: METH_NOARGS, meth: xmlparser_flush, sig: '($self, /)' },
    { name: '_parse_whole', flags: METH_O, meth: xmlparser_parse_whole, sig: '($self, file, /)' },
    {
      name: '_setevents',
      flags: METH_CLINIC,
      meth: xmlparser_setevents,
      sig: '($self, events_queue, events_to_report=None, /)',
    },
  ],
  members: [
    { name: 'entity', get: self => newref(of(self).entity ?? Py_None) },
    { name: 'target', get: self => newref(of(self).target ?? Py_None) },
  ],
  getset: [{ name: 'version', get: () => PyUnicode_FromString(`Expat ${EXPAT_VERSION.join('.')}`) }],
};
