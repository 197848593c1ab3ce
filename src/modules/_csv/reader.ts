// reader.ts: rows from an iterable of lines.                                             CPython: Modules/_csv.c
//
// One state machine over characters; a quoted field may go on in the next line. Of characters that mean nothing to it, as many as there
// are together are taken at once.

import { PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  decref_all,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type visitproc,
} from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { PyNumber_Float, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyList_FromAppendedSteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString, unicode_from_bmp } from '../../objects/unicodeobject.ts';
import {
  csv_error,
  type DialectObject,
  dialect_type,
  make_dialect,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  QUOTE_NOTNULL,
  QUOTE_STRINGS,
} from './dialect.ts';

/** Longest field accepted; set by field_size_limit(). */
export const fieldLimit = { limit: 131072 };

const START_RECORD = 0;
const START_FIELD = 1;
const ESCAPED_CHAR = 2;
const IN_FIELD = 3;
const IN_QUOTED_FIELD = 4;
const ESCAPE_IN_QUOTED_FIELD = 5;
const QUOTE_IN_QUOTED_FIELD = 6;
const EAT_CRNL = 7;
const AFTER_ESCAPED_CRNL = 8;

/** Stands for the end of a line in the state machine. */
const EOL = '';
const LF = 10;
const CR = 13;

function unit(c: string | null): number {
  return c !== null && c.length === 1 ? c.charCodeAt(0) : -1;
}

class Reader {
  /** Owned. */
  it: PyObject;
  dialect: DialectObject;
  /** Owned fields of the row so far. */
  fields: PyObject[] = [];
  state = START_RECORD;
  field = '';
  /** Code points in `field`. */
  length = 0;
  /** All lines of the row so far are JS strings without surrogates, and so are the fields. */
  plain = true;
  /** Code units that mean something, -1 where there is none or more than one: no plain line has such a character. */
  readonly delimiter: number;
  readonly quotechar: number;
  readonly escapechar: number;
  /** The field was not quoted. */
  unquoted = false;
  line_num = 0;
  /** The row was returned, by a call that may have come from the iterator. */
  finished = false;
  constructor(it: PyObject, dialect: DialectObject) {
    this.it = it;
    this.dialect = dialect;
    const { delimiter, quotechar, escapechar } = dialect.v;
    this.delimiter = unit(delimiter);
    this.quotechar = unit(quotechar);
    this.escapechar = unit(escapechar);
  }
}
type ReaderObject = PyObject<Reader>;

function fail(message: string): never {
  PyErr_SetString(csv_error, message);
}

/** CPython: parse_save_field */
function save_field(r: Reader): void {
  const { quoting } = r.dialect.v;
  let field: PyObject;
  if (r.unquoted && r.field === '' && (quoting === QUOTE_NOTNULL || quoting === QUOTE_STRINGS)) field = newref(Py_None);
  else {
    field = r.plain ? unicode_from_bmp(r.field) : PyUnicode_FromString(r.field);
    if (r.unquoted && r.field !== '' && (quoting === QUOTE_NONNUMERIC || quoting === QUOTE_STRINGS)) {
      const text = field;
      try {
        field = PyNumber_Float(text);
      } finally {
        decref(text);
      }
    }
  }
  r.field = '';
  r.length = 0;
  r.fields.push(field);
}

function too_long(): never {
  return fail(`field larger than field limit (${fieldLimit.limit})`);
}

function add_char(r: Reader, c: string): void {
  if (r.length >= fieldLimit.limit) too_long();
  r.field += c;
  r.length++;
}

/** Where the characters that a field takes as they are end in a plain line. */
function end_of_run(r: Reader, text: string, start: number): number {
  const n = text.length;
  const { delimiter, quotechar, escapechar } = r;
  let i = start;
  if (r.state === IN_QUOTED_FIELD) {
    for (; i < n; i++) {
      const c = text.charCodeAt(i);
      if (c === quotechar || c === escapechar) break;
    }
    return i;
  }
  for (; i < n; i++) {
    const c = text.charCodeAt(i);
    if (c === delimiter || c === LF || c === CR || c === escapechar) break;
  }
  return i;
}

/** A plain line through the state machine. */
function process_line(r: Reader, text: string): void {
  const n = text.length;
  for (let i = 0; i < n; ) {
    if (r.state === IN_FIELD || r.state === IN_QUOTED_FIELD) {
      const end = end_of_run(r, text, i);
      if (end > i) {
        if (r.length + end - i > fieldLimit.limit) too_long();
        const run = text.slice(i, end);
        r.field = r.length === 0 ? run : r.field + run;
        r.length += end - i;
        i = end;
        continue;
      }
    }
    process(r, text[i++]!);
  }
}

/** One character through the state machine. CPython: parse_process_char */
function process(r: Reader, c: string): void {
  const d = r.dialect.v;
  for (;;) {
    switch (r.state) {
      case START_RECORD:
        if (c === EOL) return;
        if (c === '\n' || c === '\r') {
          r.state = EAT_CRNL;
          return;
        }
        r.state = START_FIELD;
        continue;
      case START_FIELD:
        r.unquoted = true;
        if (c === '\n' || c === '\r' || c === EOL) {
          save_field(r);
          r.state = c === EOL ? START_RECORD : EAT_CRNL;
        } else if (c === d.quotechar && d.quoting !== QUOTE_NONE) {
          r.unquoted = false;
          r.state = IN_QUOTED_FIELD;
        } else if (c === d.escapechar) r.state = ESCAPED_CHAR;
        else if (c === ' ' && d.skipinitialspace) {
          // stays at the start
        } else if (c === d.delimiter) save_field(r);
        else {
          add_char(r, c);
          r.state = IN_FIELD;
        }
        return;
      case ESCAPED_CHAR:
        if (c === '\n' || c === '\r') {
          add_char(r, c);
          r.state = AFTER_ESCAPED_CRNL;
          return;
        }
        add_char(r, c === EOL ? '\n' : c);
        r.state = IN_FIELD;
        return;
      case AFTER_ESCAPED_CRNL:
        if (c === EOL) return;
        r.state = IN_FIELD;
        continue;
      case IN_FIELD:
        if (c === '\n' || c === '\r' || c === EOL) {
          save_field(r);
          r.state = c === EOL ? START_RECORD : EAT_CRNL;
        } else if (c === d.escapechar) r.state = ESCAPED_CHAR;
        else if (c === d.delimiter) {
          save_field(r);
          r.state = START_FIELD;
        } else add_char(r, c);
        return;
      case IN_QUOTED_FIELD:
        if (c === EOL) return;
        if (c === d.escapechar) r.state = ESCAPE_IN_QUOTED_FIELD;
        else if (c === d.quotechar && d.quoting !== QUOTE_NONE) {
          r.state = d.doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD;
        } else add_char(r, c);
        return;
      case ESCAPE_IN_QUOTED_FIELD:
        add_char(r, c === EOL ? '\n' : c);
        r.state = IN_QUOTED_FIELD;
        return;
      case QUOTE_IN_QUOTED_FIELD:
        if (d.quoting !== QUOTE_NONE && c === d.quotechar) {
          add_char(r, c);
          r.state = IN_QUOTED_FIELD;
        } else if (c === d.delimiter) {
          save_field(r);
          r.state = START_FIELD;
        } else if (c === '\n' || c === '\r' || c === EOL) {
          save_field(r);
          r.state = c === EOL ? START_RECORD : EAT_CRNL;
        } else if (!d.strict) {
          add_char(r, c);
          r.state = IN_FIELD;
        } else fail(`'${d.delimiter}' expected after '${d.quotechar}'`);
        return;
      default: // EAT_CRNL
        if (c === '\n' || c === '\r') return;
        if (c === EOL) {
          r.state = START_RECORD;
          return;
        }
        fail("new-line character seen in unquoted field - do you need to open the file with newline=''?");
    }
  }
}

function reset(r: Reader): void {
  const { fields } = r;
  r.fields = [];
  r.finished = false;
  r.state = START_RECORD;
  r.field = '';
  r.length = 0;
  r.plain = true;
  r.unquoted = false;
  decref_all(fields);
}

/** CPython: Reader_iternext */
function reader_next(self: PyObject): PyObject | null {
  const r = (self as ReaderObject).v;
  reset(r);
  do {
    const line = r.it.ob_type.tp_iternext!(r.it);
    if (line === null) {
      if (r.length !== 0 || r.state === IN_QUOTED_FIELD) {
        if (r.dialect.v.strict) fail('unexpected end of data');
        save_field(r);
        break;
      }
      return null;
    }
    try {
      if (r.finished) fail('iterator has already advanced the reader');
      if (!PyUnicode_Check(line)) {
        const type = line.ob_type.tp_name;
        fail(`iterator should return strings, not ${type} (the file should be opened in text mode)`);
      }
      r.line_num++;
      if (typeof line.v === 'string') process_line(r, line.v);
      else {
        r.plain = false;
        for (const c of PyUnicode_AsString(line)) process(r, c);
      }
    } finally {
      decref(line);
    }
    process(r, EOL);
  } while (r.state !== START_RECORD);
  const { fields } = r;
  r.fields = [];
  r.finished = true;
  return PyList_FromAppendedSteal(fields);
}

function reader_dealloc(self: PyObject): void {
  gc_del(self);
  const r = (self as ReaderObject).v;
  decref(r.dialect);
  decref(r.it);
  decref_all(r.fields);
}

function reader_traverse(self: PyObject, visit: visitproc): void {
  const r = (self as ReaderObject).v;
  visit(r.dialect);
  visit(r.it);
  for (const o of r.fields) visit(o);
}

function self_iter(self: PyObject): PyObject {
  return newref(self);
}

export const reader_type = static_type({
  name: '_csv.reader',
  heap: 'immutable',
  tp_basicsize: 88,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'CSV reader',
  tp_dealloc: reader_dealloc,
  tp_traverse: reader_traverse,
  tp_iter: self_iter,
  tp_iternext: reader_next,
  members: [
    { name: 'dialect', get: self => newref((self as ReaderObject).v.dialect as PyObject) },
    { name: 'line_num', get: self => PyLong_FromLong((self as ReaderObject).v.line_num) },
  ],
});

/** reader(iterable, dialect='excel', **fmtparams) */
export function csv_reader(iterable: PyObject, dialect: PyObject | null, kwargs: PyObject | null): PyObject {
  const it = PyObject_GetIter(iterable);
  let d: PyObject;
  try {
    d = make_dialect(dialect_type, dialect, kwargs);
  } catch (e) {
    decref(it);
    throw e;
  }
  const reader = new PyObject(reader_type, new Reader(it, d as DialectObject), null);
  gc_new(reader);
  return reader;
}
