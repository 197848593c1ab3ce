// errors.ts: SSLError and its kin, and their texts.                          CPython: Modules/_ssl.c:fill_and_set_sslerror
//
// CPython ends a text with the line of its source that found the error. The numbers below are those of 3.14.10's, by the function
// that they stand for.
import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import type { HostTlsFailure } from '../../core/host_tls.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_BASE_EXC_SUBCLASS,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyObject_CallTwoArgs } from '../../objects/call.ts';
import { PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OSError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_GetAttrString, PyObject_SetAttrString, PyObject_Str } from '../../objects/object.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';

const OSERROR_SIZE = 112;
export const SSL_ERROR_SSL = 1;
const SSL_ERROR_WANT_READ = 2;
const SSL_ERROR_WANT_WRITE = 3;
const SSL_ERROR_ZERO_RETURN = 6;
const SSL_ERROR_EOF = 8;

/** Lines of CPython 3.14.10's _ssl.c. */
export const LINE = {
  eof_again: 681,
  handshake: 1130,
  handshake_timeout: 1112,
  read: 2778,
  write: 2617,
  shutdown: 2902,
  cert_chain: 4291,
  key: 4312,
  cafile: 4544,
  cadata: 4410,
  dh_params: 4600,
} as const;

/** CPython: sslerror_str */
function sslerror_str(self: PyObject): PyObject {
  const strerror = PyObject_GetAttrString(self, 'strerror');
  if (PyUnicode_Check(strerror)) return strerror;
  decref(strerror);
  const args = PyObject_GetAttrString(self, 'args');
  try {
    return PyObject_Str(args);
  } finally {
    decref(args);
  }
}

export const SSLError: PyTypeObject = module_type('_ssl', {
  ...exception_spec('ssl.SSLError', () => PyExc_OSError, OSERROR_SIZE),
  heap: 'immutable',
  // CPython makes it from a spec of its own, which has no weak references.
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_HAVE_GC,
  tp_weaklistoffset: 0,
  has_weakrefs: false,
  tp_doc: 'An error occurred in the SSL implementation.',
  tp_str: sslerror_str,
});

function subclass(name: string, doc: string): PyTypeObject {
  return module_type('_ssl', { ...exception_spec(`ssl.${name}`, () => SSLError, OSERROR_SIZE), tp_doc: doc });
}

export const SSLCertVerificationError: PyTypeObject = module_type('_ssl', {
  ...exception_spec('ssl.SSLCertVerificationError', () => SSLError, OSERROR_SIZE),
  bases: () => [SSLError, PyExc_ValueError],
  tp_doc: 'A certificate could not be verified.',
});
export const SSLZeroReturnError = /* @__PURE__ */ subclass('SSLZeroReturnError', 'SSL/TLS session closed cleanly.');
export const SSLWantReadError = /* @__PURE__ */ subclass(
  'SSLWantReadError',
  'Non-blocking SSL socket needs to read more data\nbefore the requested operation can be completed.',
);
export const SSLWantWriteError = /* @__PURE__ */ subclass(
  'SSLWantWriteError',
  'Non-blocking SSL socket needs to write more data\nbefore the requested operation can be completed.',
);
export const SSLSyscallError = /* @__PURE__ */ subclass(
  'SSLSyscallError',
  'System error when attempting SSL operation.',
);
export const SSLEOFError = /* @__PURE__ */ subclass('SSLEOFError', 'SSL/TLS connection terminated abruptly.');

interface Details {
  reason?: string | null;
  library?: string | null;
  verify_code?: number;
  verify_message?: string;
}

/** Raises `type(number, text)` with attributes. */
export function raise_ssl(type: PyTypeObject, number: number, text: string, details: Details = {}): never {
  const n = PyLong_FromLong(number);
  const s = PyUnicode_FromString(text);
  const error = PyObject_CallTwoArgs(type, n, s);
  decref(n);
  decref(s);
  const set = (name: string, value: PyObject): void => {
    PyObject_SetAttrString(error, name, value);
    decref(value);
  };
  const word = (s: string | null | undefined): PyObject => (s == null ? newref(Py_None) : PyUnicode_FromString(s));
  try {
    set('reason', word(details.reason));
    set('library', word(details.library));
    if (details.verify_code !== undefined) {
      set('verify_code', PyLong_FromLong(details.verify_code));
      set('verify_message', PyUnicode_FromString(details.verify_message!));
    }
    PyErr_SetObject(type, error);
  } finally {
    decref(error);
  }
}

/** OpenSSL's name for a reason that it tells of by a sentence. */
function reason_name(sentence: string): string {
  return sentence
    .replace(/^ssl\/tls alert/, 'sslv3 alert')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
}

/** OpenSSL 3.0 still says "sslv3 alert" where later ones say what it is. */
function modern(sentence: string): string {
  return sentence.replace(/^sslv3 alert/, 'ssl/tls alert');
}

function library_name(sentence: string): string {
  if (sentence === '' || sentence.startsWith('SSL')) return 'SSL';
  return sentence.replace(/ routines$/, '').toUpperCase();
}

/** Raises what a connection failed by. */
export function raise_failure(failure: HostTlsFailure, line: number): never {
  const reason = reason_name(failure.reason);
  const library = library_name(failure.library);
  const said = modern(failure.reason);
  if (failure.verify_code !== 0) {
    const { verify_code, verify_message } = failure;
    const text = `[${library}: ${reason}] ${said}: ${verify_message} (_ssl.c:${line})`;
    raise_ssl(SSLCertVerificationError, SSL_ERROR_SSL, text, { reason, library, verify_code, verify_message });
  }
  raise_ssl(SSLError, SSL_ERROR_SSL, `[${library}: ${reason}] ${said} (_ssl.c:${line})`, { reason, library });
}

export function raise_eof(line: number): never {
  const reason = 'UNEXPECTED_EOF_WHILE_READING';
  const text = `[SSL: ${reason}] EOF occurred in violation of protocol (_ssl.c:${line})`;
  raise_ssl(SSLEOFError, SSL_ERROR_EOF, text, { reason, library: 'SSL' });
}

/** For calls after the one that has found the end. */
export function raise_eof_again(): never {
  raise_ssl(SSLEOFError, SSL_ERROR_EOF, `EOF occurred in violation of protocol (_ssl.c:${LINE.eof_again})`);
}

/** For reading after both ends have said that they will send no more. */
export function raise_closed(line: number): never {
  raise_ssl(SSLZeroReturnError, SSL_ERROR_ZERO_RETURN, `TLS/SSL connection has been closed (EOF) (_ssl.c:${line})`);
}

export function raise_want(read: boolean, line: number): never {
  if (read) raise_ssl(SSLWantReadError, SSL_ERROR_WANT_READ, `The operation did not complete (read) (_ssl.c:${line})`);
  raise_ssl(SSLWantWriteError, SSL_ERROR_WANT_WRITE, `The operation did not complete (write) (_ssl.c:${line})`);
}

/** Raises SSLError with an OpenSSL reason; `number` is OpenSSL's own for it, of connections SSL_ERROR_SSL. */
export function raise_reason(
  number: number,
  library: string,
  reason: string | null,
  sentence: string,
  line: number,
): never {
  const name = reason === null ? library : `${library}: ${reason}`;
  raise_ssl(SSLError, number, `[${name}] ${sentence} (_ssl.c:${line})`, { reason, library });
}

export function raise_plain(text: string): never {
  PyErr_SetString(SSLError, text);
}
