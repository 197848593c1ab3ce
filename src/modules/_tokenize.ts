// _tokenize.ts: the tokens of a source, for tokenize.py.                                  CPython: Python/Python-tokenize.c
//
// The work is done by src/parser/tokenizer_iter.ts; here are the Python sides of it: readline() and the tuples.

import { PyErr_Clear, PyErr_ExceptionMatches, PyErr_SetString } from '../core/errors.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../core/object.ts';
import { type ModuleSpec, static_type } from '../core/spec.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_StopIteration, PyExc_TypeError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyObject_IsTrue, PyObject_SelfIter } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_AsUTF8String,
  PyUnicode_Decode,
  PyUnicode_FromString,
} from '../objects/unicodeobject.ts';
import { PySyntaxError } from '../parser/errors.ts';
import { TokenizerIter } from '../parser/tokenizer_iter.ts';
import { type_name } from './args.ts';
import { raise_front_end, warn_callback } from './front_end.ts';

/** Payload of TokenizerIter. */
class TokenizerState {
  /** Owned. */
  readonly readline: PyObject;
  readonly iter: TokenizerIter;
  /** The text of the last line (owned), reused while the tokens share it. */
  line: PyObject | null = null;
  line_text = '';
  constructor(readline: PyObject, extra_tokens: boolean, encoding: string | null) {
    this.readline = newref(readline);
    this.iter = new TokenizerIter(() => read_line(readline, encoding), {
      extraTokens: extra_tokens,
      warn: warn_callback,
    });
  }
}

type TokenizerIterObject = PyObject<TokenizerState>;

/** One line of the source, '' at the end. CPython: Parser/tokenizer/readline_tokenizer.c:tok_readline_string */
function read_line(readline: PyObject, encoding: string | null): string {
  let line: PyObject;
  try {
    line = PyObject_CallNoArgs(readline);
  } catch (e) {
    if (!PyErr_ExceptionMatches(e, PyExc_StopIteration)) throw e;
    PyErr_Clear(e);
    return '';
  }
  try {
    if (encoding !== null) {
      if (!PyBytes_Check(line)) PyErr_SetString(PyExc_TypeError, 'readline() returned a non-bytes object');
      const text = PyUnicode_Decode(line.v as Uint8Array, encoding, 'replace');
      decref(line);
      line = text;
    } else if (!PyUnicode_Check(line)) {
      PyErr_SetString(PyExc_TypeError, 'readline() returned a non-string object');
    }
    if (typeof line.v !== 'string') decref(PyUnicode_AsUTF8String(line));
    return PyUnicode_AsString(line);
  } finally {
    decref(line);
  }
}

function tokenizeriter_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null): PyObject {
  const parsed = PyArg_Clinic('tokenizeriter', '(readline, /, *, extra_tokens, encoding=None)', args, kwargs);
  const extra_tokens = PyObject_IsTrue(parsed[1]!);
  const encoding = parsed[2]!;
  if (encoding !== null && !PyUnicode_Check(encoding)) {
    PyErr_SetString(PyExc_TypeError, `tokenizeriter() argument 'encoding' must be str, not ${type_name(encoding)}`);
  }
  const state = new TokenizerState(parsed[0]!, extra_tokens, encoding === null ? null : PyUnicode_AsString(encoding));
  return type.tp_alloc!(type, state);
}

function tokenizeriter_next(self: PyObject): PyObject | null {
  const state = (self as TokenizerIterObject).v;
  let token: ReturnType<TokenizerIter['next']>;
  try {
    token = state.iter.next();
  } catch (e) {
    if (e instanceof PySyntaxError) raise_front_end(e);
    throw e;
  }
  if (token === null) return null;
  if (state.line === null || state.line_text !== token.line) {
    xdecref(state.line);
    state.line = PyUnicode_FromString(token.line);
    state.line_text = token.line;
  }
  return PyTuple_FromArraySteal([
    PyLong_FromLong(token.type),
    PyUnicode_FromString(token.string),
    PyTuple_FromArraySteal([PyLong_FromLong(token.lineno), PyLong_FromLong(token.col)]),
    PyTuple_FromArraySteal([PyLong_FromLong(token.endLineno), PyLong_FromLong(token.endCol)]),
    newref(state.line),
  ]);
}

const TokenizerIter_Type = static_type({
  name: '_tokenize.TokenizerIter',
  heap: 'immutable',
  tp_basicsize: 64,
  tp_new: tokenizeriter_new,
  tp_dealloc(self) {
    const state = (self as TokenizerIterObject).v;
    decref(state.readline);
    xdecref(state.line);
  },
  tp_iter: PyObject_SelfIter,
  tp_iternext: tokenizeriter_next,
});

export const module: ModuleSpec = {
  name: '_tokenize',
  types: () => [TokenizerIter_Type],
};
