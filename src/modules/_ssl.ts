// _ssl.ts: TLS, by the host's own.                                                                 CPython: Modules/_ssl.c
//
// The parts: _ssl/context.ts and _ssl/socket.ts (the types), _ssl/engine.ts (a connection), _ssl/x509.ts (certificates).
// docs/adr/0008-tls.md tells how it works.
import { PyErr_Clear, PyErr_SetString, Raised } from '../core/errors.ts';
import { newref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { Py_False, Py_True } from '../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../objects/bytesobject.ts';
import { PyUnicode_Check } from '../objects/checks.ts';
import { PyExc_ImportError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble } from '../objects/floatobject.ts';
import { PyArg_CheckPositional } from '../objects/getargs.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  PyModule_Add,
  PyModule_AddIntConstant,
  PyModule_AddObjectRef,
  PyModule_AddType,
} from '../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../objects/object.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { bio_type } from './_ssl/bio.ts';
import { certificate_dict, certificate_type, read_certificate } from './_ssl/certificate.ts';
import { CONSTANTS } from './_ssl/constants.ts';
import { context_type } from './_ssl/context.ts';
import * as errors from './_ssl/errors.ts';
import { default_places, file_text, path_bytes } from './_ssl/files.ts';
import { type Asn1Object, object_by_name, object_by_nid, object_by_oid } from './_ssl/objects.ts';
import { is_certificate, pem_blocks } from './_ssl/pem.ts';
import { session_type } from './_ssl/session.ts';
import { ssl_socket_type } from './_ssl/socket.ts';
import { DEFAULT_CIPHERS } from './_ssl/state.ts';
import { c_int, host, none, read_buffer, release, str_arg } from './args.ts';

// --- random numbers ---------------------------------------------------------------------------------------------------

/** The host needs nothing to be added. */
function rand_add(_m: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('RAND_add', args.length, 2, 2);
  if (!PyUnicode_Check(args[0]!)) release(read_buffer(args[0]!));
  PyFloat_AsDouble(args[1]!);
  return none();
}

function rand_bytes(_m: PyObject, o: PyObject): PyObject {
  const n = c_int(o);
  if (n < 0) PyErr_SetString(PyExc_ValueError, 'num must be positive');
  return PyBytes_FromUint8Array(host().random_bytes(n));
}

// --- objects and certificates ---------------------------------------------------------------------------------------

function object_tuple(o: Asn1Object | null): PyObject {
  if (o === null || o.nid === 0) PyErr_SetString(PyExc_ValueError, 'Unknown object');
  return PyTuple_FromArraySteal([
    PyLong_FromLong(o.nid),
    PyUnicode_FromString(o.short),
    PyUnicode_FromString(o.long),
    PyUnicode_FromString(o.oid),
  ]);
}

function txt2obj(_m: PyObject, txt: PyObject, name: PyObject | null): PyObject {
  const text = str_arg('txt2obj', "'txt'", txt);
  const by_name = name !== null && PyObject_IsTrue(name) ? object_by_name(text) : null;
  if (by_name === null && !/^[0-2](\.\d+)+$/.test(text))
    PyErr_SetString(PyExc_ValueError, `unknown object '${text.slice(0, 100)}'`);
  return object_tuple(by_name ?? object_by_oid(text));
}

function nid2obj(_m: PyObject, o: PyObject): PyObject {
  const nid = c_int(o);
  if (nid < 0) PyErr_SetString(PyExc_ValueError, 'NID must be positive.');
  const found = object_by_nid(nid);
  if (found === null && nid !== 0) PyErr_SetString(PyExc_ValueError, `unknown NID ${nid}`);
  return object_tuple(found);
}

function test_decode_cert(_m: PyObject, path: PyObject): PyObject {
  const bytes = path_bytes(path, 'path');
  let text: string;
  try {
    text = file_text(bytes);
  } catch (e) {
    return unreadable(e);
  }
  const block = pem_blocks(text)?.find(b => is_certificate(b.label));
  if (block === undefined) errors.raise_plain('Error decoding PEM-encoded file');
  return certificate_dict(read_certificate(block.der));
}

function unreadable(e: unknown): never {
  if (!(e instanceof Raised)) throw e;
  PyErr_Clear(e);
  errors.raise_plain("Can't open file");
}

function get_default_verify_paths(): PyObject {
  const { file, folder } = default_places();
  return PyTuple_FromArraySteal(['SSL_CERT_FILE', file, 'SSL_CERT_DIR', folder].map(PyUnicode_FromString));
}

// --- versions -------------------------------------------------------------------------------------------------------

/** Node tells of the number only: '3.0.19'. */
function add_version(m: PyObject, version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number);
  const tuple = (): PyObject => PyTuple_FromArraySteal([major, minor, 0, patch, 0].map(PyLong_FromLong));
  PyModule_AddIntConstant(m, 'OPENSSL_VERSION_NUMBER', major * 0x10000000 + (minor << 20) + (patch << 4));
  PyModule_Add(m, 'OPENSSL_VERSION_INFO', tuple());
  PyModule_Add(m, '_OPENSSL_API_VERSION', tuple());
  PyModule_Add(m, 'OPENSSL_VERSION', PyUnicode_FromString(`OpenSSL ${version}`));
}

const HAS = 'SNI ECDH ALPN TLS_UNIQUE TLSv1 TLSv1_1 TLSv1_2 TLSv1_3'.split(' ');
/** PHA and PSK are OpenSSL's, but Node does not pass them on. */
const HAS_NOT = 'NPN SSLv2 SSLv3 PHA PSK'.split(' ');

export const module: ModuleSpec = {
  name: '_ssl',
  doc: 'Implementation module for SSL socket operations.  See the socket module\nfor documentation.',
  methods: [
    { name: 'RAND_add', flags: METH_FASTCALL, meth: rand_add, sig: '($module, string, entropy, /)' },
    { name: 'RAND_bytes', flags: METH_O, meth: rand_bytes, sig: '($module, n, /)' },
    { name: 'RAND_status', flags: METH_NOARGS, meth: () => newref(Py_True), sig: '($module, /)' },
    { name: '_test_decode_cert', flags: METH_O, meth: test_decode_cert, sig: '($module, path, /)' },
    {
      name: 'get_default_verify_paths',
      flags: METH_NOARGS,
      meth: get_default_verify_paths,
      sig: '($module, /)',
    },
    { name: 'nid2obj', flags: METH_O, meth: nid2obj, sig: '($module, nid, /)' },
    { name: 'txt2obj', flags: METH_CLINIC, meth: txt2obj, sig: '($module, /, txt, name=False)' },
  ],
  types: () => [context_type, ssl_socket_type, bio_type, session_type, certificate_type],
  exec(m) {
    const { tls } = host();
    if (tls === undefined) PyErr_SetString(PyExc_ImportError, 'there is no TLS here: only Node has it');
    for (const type of [
      errors.SSLError,
      errors.SSLCertVerificationError,
      errors.SSLZeroReturnError,
      errors.SSLWantReadError,
      errors.SSLWantWriteError,
      errors.SSLSyscallError,
      errors.SSLEOFError,
    ] satisfies PyTypeObject[])
      PyModule_AddType(m, type);
    for (const [name, n] of Object.entries(CONSTANTS)) PyModule_AddIntConstant(m, name, n);
    for (const name of HAS) PyModule_AddObjectRef(m, `HAS_${name}`, Py_True);
    for (const name of HAS_NOT) PyModule_AddObjectRef(m, `HAS_${name}`, Py_False);
    PyModule_Add(m, '_DEFAULT_CIPHERS', PyUnicode_FromString(DEFAULT_CIPHERS));
    add_version(m, tls.version);
  },
};
