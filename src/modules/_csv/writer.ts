// writer.ts: rows to CSV lines.                                                          CPython: Modules/_csv.c

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../../core/errors.ts';
import { gc_del, gc_new } from '../../core/gc.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject,
  type visitproc,
} from '../../core/object.ts';
import { METH_O, static_type } from '../../core/spec.ts';
import { PyNumber_Check, PyObject_GetIter } from '../../objects/abstract.ts';
import { PyObject_CallOneArg } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError } from '../../objects/exceptions.ts';
import { Py_None, PyCallable_Check, PyObject_GetOptionalAttrString, PyObject_Str } from '../../objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import {
  csv_error,
  type Dialect,
  type DialectObject,
  dialect_type,
  make_dialect,
  QUOTE_ALL,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  QUOTE_NOTNULL,
  QUOTE_STRINGS,
} from './dialect.ts';

class Writer {
  /** Owned: the file's write method. */
  write: PyObject;
  dialect: DialectObject;
  constructor(write: PyObject, dialect: DialectObject) {
    this.write = write;
    this.dialect = dialect;
  }
}
type WriterObject = PyObject<Writer>;

function fail(message: string): never {
  PyErr_SetString(csv_error, message);
}

/** Whether a field has a character that is quoted or escaped. */
function has_special(d: Dialect, field: string): boolean {
  const { delimiter, quotechar, escapechar, lineterminator } = d;
  for (let i = 0; i < field.length; i++) {
    const c = field[i]!;
    if (c === delimiter || c === quotechar || c === escapechar || c === '\n' || c === '\r') return true;
    // Half of a character counts: whoever asks looks closer then.
    if (c > '~' && (c.charCodeAt(0) & 0xf800) === 0xd800) return true;
    if (lineterminator !== '\r\n' && lineterminator.includes(c)) return true;
  }
  return false;
}

/** The text of one field as it is written. CPython: join_append_data */
function encode_field(d: Dialect, field: string, quoted: boolean): string {
  if (!has_special(d, field)) return quoted ? d.quotechar + field + d.quotechar : field;
  let text = '';
  for (const c of field) {
    let escaped = false;
    if (
      c === d.delimiter ||
      c === d.escapechar ||
      c === d.quotechar ||
      c === '\n' ||
      c === '\r' ||
      d.lineterminator.includes(c)
    ) {
      if (d.quoting === QUOTE_NONE) escaped = true;
      else {
        if (c === d.quotechar) {
          if (d.doublequote) text += d.quotechar;
          else escaped = true;
        } else if (c === d.escapechar) escaped = true;
        if (!escaped) quoted = true;
      }
      if (escaped) {
        if (d.escapechar === null) fail('need to escape, but no escapechar set');
        text += d.escapechar;
      }
    }
    text += c;
  }
  return quoted ? `${d.quotechar}${text}${d.quotechar}` : text;
}

/** Whether an empty field must be quoted because a reader would skip the space before it. */
function wants_quotes(d: Dialect, o: PyObject): boolean {
  switch (d.quoting) {
    case QUOTE_NONNUMERIC:
      return !PyNumber_Check(o);
    case QUOTE_ALL:
      return true;
    case QUOTE_STRINGS:
      return PyUnicode_Check(o);
    case QUOTE_NOTNULL:
      return o !== Py_None;
    default:
      return false;
  }
}

/** CPython: csv_writerow */
function writer_writerow(self: PyObject, row: PyObject): PyObject {
  const w = (self as WriterObject).v;
  const d = w.dialect.v;
  let it: PyObject;
  try {
    it = PyObject_GetIter(row);
  } catch (e) {
    if (PyErr_ExceptionMatches(e, PyExc_TypeError)) {
      PyErr_Clear(e);
      fail(`iterable expected, not ${row.ob_type.tp_name}`);
    }
    throw e;
  }
  let text = '';
  let nfields = 0;
  let null_field = false;
  try {
    const next = it.ob_type.tp_iternext!;
    for (let o = next(it); o !== null; o = next(it)) {
      try {
        let quoted = wants_quotes(d, o);
        null_field = o === Py_None;
        let field = '';
        if (PyUnicode_Check(o)) field = PyUnicode_AsString(o);
        else if (!null_field) {
          const s = PyObject_Str(o);
          field = PyUnicode_AsString(s);
          decref(s);
        }
        // An empty field after a space delimiter that readers skip must be quoted.
        if (field === '' && d.delimiter === ' ' && d.skipinitialspace) {
          if (
            d.quoting === QUOTE_NONE ||
            (null_field && (d.quoting === QUOTE_STRINGS || d.quoting === QUOTE_NOTNULL))
          ) {
            fail('empty field must be quoted if delimiter is a space and skipinitialspace is true');
          }
          quoted = true;
        }
        if (nfields++ > 0) text += d.delimiter;
        text += encode_field(d, field, quoted);
      } finally {
        decref(o);
      }
    }
  } finally {
    decref(it);
  }
  if (nfields === 1 && text === '') {
    if (d.quoting === QUOTE_NONE || (null_field && (d.quoting === QUOTE_STRINGS || d.quoting === QUOTE_NOTNULL))) {
      fail('single empty field record must be quoted');
    }
    text = `${d.quotechar}${d.quotechar}`;
  }
  const line = PyUnicode_FromString(text + d.lineterminator);
  try {
    return PyObject_CallOneArg(w.write, line);
  } finally {
    decref(line);
  }
}

function writer_writerows(self: PyObject, rows: PyObject): PyObject {
  const it = PyObject_GetIter(rows);
  try {
    const next = it.ob_type.tp_iternext!;
    for (let row = next(it); row !== null; row = next(it)) {
      try {
        decref(writer_writerow(self, row));
      } finally {
        decref(row);
      }
    }
  } finally {
    decref(it);
  }
  return newref(Py_None);
}

function writer_dealloc(self: PyObject): void {
  gc_del(self);
  const w = (self as WriterObject).v;
  decref(w.write);
  decref(w.dialect);
}

function writer_traverse(self: PyObject, visit: visitproc): void {
  const w = (self as WriterObject).v;
  visit(w.write);
  visit(w.dialect);
}

export const writer_type = static_type({
  name: '_csv.writer',
  heap: 'immutable',
  tp_basicsize: 72,
  tp_flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  tp_doc: 'CSV writer',
  tp_dealloc: writer_dealloc,
  tp_traverse: writer_traverse,
  methods: [
    { name: 'writerow', flags: METH_O, meth: writer_writerow, sig: '($self, row, /)' },
    { name: 'writerows', flags: METH_O, meth: writer_writerows, sig: '($self, rows, /)' },
  ],
  members: [{ name: 'dialect', get: self => newref((self as WriterObject).v.dialect as PyObject) }],
});

/** writer(fileobj, dialect='excel', **fmtparams) */
export function csv_writer(file: PyObject, dialect: PyObject | null, kwargs: PyObject | null): PyObject {
  const d = make_dialect(dialect_type, dialect, kwargs);
  try {
    const write = PyObject_GetOptionalAttrString(file, 'write');
    if (write === null || !PyCallable_Check(write)) {
      if (write !== null) decref(write);
      PyErr_SetString(PyExc_TypeError, 'argument 1 must have a "write" method');
    }
    const writer = new PyObject(writer_type, new Writer(write, newref(d as DialectObject)), null);
    gc_new(writer);
    return writer;
  } finally {
    decref(d);
  }
}
