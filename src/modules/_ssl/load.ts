// load.ts: certificates, keys and parameters that a context loads.                       CPython: Modules/_ssl.c:PySSLContext
import { PyErr_SetString } from '../../core/errors.ts';
import { HostTlsError } from '../../core/host_tls.ts';
import { decref, type PyObject } from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type MethodSpec } from '../../core/spec.ts';
import { PySys_Audit } from '../../objects/audit.ts';
import { PyObject_CallNoArgs } from '../../objects/call.ts';
import { PyBytes_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { Py_None, PyCallable_Check, PyObject_IsTrue, repr_string } from '../../objects/object.ts';
import { PyUnicode_AsUTF8 } from '../../objects/unicodeobject.ts';
import { none, read_buffer, release } from '../args.ts';
import { fs_bytes, PyOS_FSPath } from '../posix/path.ts';
import { certificate_bytes, certificate_dict } from './certificate.ts';
import { latin1, Malformed } from './der.ts';
import { LINE, raise_reason, raise_ssl, SSLError } from './errors.ts';
import { default_trust, file_text, path_bytes, read_trusted } from './files.ts';
import { is_certificate, pem_blocks } from './pem.ts';
import { host_tls } from './socket.ts';
import type { ContextState } from './state.ts';
import { is_ca, parse_certificate } from './x509.ts';

/** OpenSSL's longest password. */
const LONGEST_PASSWORD = 1024;
/** Packed numbers of OpenSSL's errors. */
const E_PEM_LIB = 524297;
const E_NO_CERTIFICATE = 136;
const E_MISMATCH = 116;
const E_TOO_SMALL = 399;
const E_NO_START_LINE = 108;

function context_of(self: PyObject): ContextState {
  return self.v as ContextState;
}

function given(o: PyObject | null): o is PyObject {
  return o !== null && o !== Py_None;
}

// --- keys -----------------------------------------------------------------------------------------------------------------

/** The text of a password. CPython: _pwinfo_set */
function password_text(o: PyObject, error: string): string {
  let text: string;
  if (PyUnicode_Check(o)) text = PyUnicode_AsUTF8(o);
  else if (PyBytes_Check(o) || o.ob_type.tp_name === 'bytearray') {
    const view = read_buffer(o);
    text = latin1(view.bytes);
    release(view);
  } else PyErr_SetString(PyExc_TypeError, error);
  if (text.length > LONGEST_PASSWORD)
    PyErr_SetString(PyExc_ValueError, `password cannot be longer than ${LONGEST_PASSWORD} bytes`);
  return text;
}

/** Called when a key is found to be encrypted. */
function asked_password(o: PyObject): string {
  const result = PyObject_CallNoArgs(o);
  try {
    return password_text(result, 'password callback must return a string');
  } finally {
    decref(result);
  }
}

function pem_lib(line: number): never {
  raise_reason(E_PEM_LIB, 'SSL', null, 'PEM lib', line);
}

/** CPython: _ssl__SSLContext_load_cert_chain_impl */
function load_cert_chain(
  self: PyObject,
  certfile: PyObject,
  keyfile: PyObject | null,
  password: PyObject | null,
): PyObject {
  const cert_path = path_bytes(certfile, 'certfile');
  const key_path = given(keyfile) ? path_bytes(keyfile, 'keyfile') : cert_path;
  const callable = given(password) && PyCallable_Check(password);
  const known =
    given(password) && !callable ? password_text(password, 'password should be a string or callable') : null;
  const cert = file_text(cert_path);
  const chain = pem_blocks(cert)?.filter(b => is_certificate(b.label)) ?? [];
  if (chain.length === 0) pem_lib(LINE.cert_chain);
  try {
    for (const block of chain) parse_certificate(block.der);
  } catch (e) {
    if (e instanceof Malformed) pem_lib(LINE.cert_chain);
    throw e;
  }
  const key = key_path === cert_path ? cert : file_text(key_path);
  const encrypted = /ENCRYPTED/.test(key);
  const passphrase = encrypted && callable ? asked_password(password!) : known;
  const pair = { cert, key, passphrase };
  const checked = host_tls().check_pair(pair);
  if ('problem' in checked) {
    if (checked.problem === 'too small')
      raise_reason(E_TOO_SMALL, 'SSL', 'EE_KEY_TOO_SMALL', 'ee key too small', LINE.cert_chain);
    if (checked.problem === 'mismatch')
      raise_reason(E_MISMATCH, 'X509', 'KEY_VALUES_MISMATCH', 'key values mismatch', LINE.key);
    pem_lib(LINE.key);
  }
  const state = context_of(self);
  state.pairs.set(checked.kind, pair);
  state.changed();
  return none();
}

// --- whom to trust --------------------------------------------------------------------------------------------------------

function load_file(state: ContextState, path: Uint8Array): void {
  const found = read_trusted(file_text(path));
  if (found === null) raise_reason(E_PEM_LIB, 'X509', null, 'PEM lib', LINE.cafile);
  const { certificates, crls } = found;
  if (certificates.length + crls.length === 0) {
    const reason = 'NO_CERTIFICATE_OR_CRL_FOUND';
    raise_reason(E_NO_CERTIFICATE, 'X509', reason, 'no certificate or crl found', LINE.cafile);
  }
  for (const x of certificates) state.trust(x);
  state.crls.push(...crls);
  state.changed();
}

/** CPython: _add_ca_certs */
function load_data(state: ContextState, cadata: PyObject): void {
  const lacks = 'cadata does not contain a certificate';
  if (PyUnicode_Check(cadata)) {
    const text = PyUnicode_AsUTF8(cadata);
    if (text === '') PyErr_SetString(PyExc_ValueError, 'Empty certificate data');
    if (/[^\0-\x7f]/.test(text))
      PyErr_SetString(PyExc_TypeError, 'cadata should be an ASCII string or a bytes-like object');
    const found = read_trusted(text);
    if (found === null) raise_reason(E_PEM_LIB, 'PEM', 'BAD_BASE64_DECODE', 'bad base64 decode', LINE.cadata);
    if (found.certificates.length === 0) raise_ssl(SSLError, 0, `no start line: ${lacks} (_ssl.c:${LINE.cadata})`);
    for (const x of found.certificates) state.trust(x);
    return;
  }
  const view = read_buffer(cadata);
  const bytes = view.bytes.slice();
  release(view);
  if (bytes.length === 0) PyErr_SetString(PyExc_ValueError, 'Empty certificate data');
  for (let at = 0; at < bytes.length; ) {
    try {
      const x = parse_certificate(bytes.subarray(at));
      state.trust(x);
      at += x.der.length;
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      if (at === 0) raise_ssl(SSLError, 0, `not enough data: ${lacks} (_ssl.c:${LINE.cadata})`);
      raise_reason(E_PEM_LIB, 'ASN1', 'NOT_ENOUGH_DATA', 'not enough data', LINE.cadata);
    }
  }
}

/** CPython: _ssl__SSLContext_load_verify_locations_impl */
function load_verify_locations(
  self: PyObject,
  cafile: PyObject | null,
  capath: PyObject | null,
  cadata: PyObject | null,
): PyObject {
  const state = context_of(self);
  if (!given(cafile) && !given(capath) && !given(cadata))
    PyErr_SetString(PyExc_TypeError, 'cafile, capath and cadata cannot be all omitted');
  const file = given(cafile) ? path_bytes(cafile, 'cafile') : null;
  const folder = given(capath) ? path_bytes(capath, 'capath') : null;
  if (given(cadata)) {
    if (!PyUnicode_Check(cadata) && cadata.ob_type.bf_getbuffer === null)
      PyErr_SetString(PyExc_TypeError, 'cadata should be an ASCII string or a bytes-like object');
    load_data(state, cadata);
  }
  if (file !== null) load_file(state, file);
  if (folder !== null) {
    state.folders.push(new TextDecoder().decode(folder));
    state.changed();
  }
  return none();
}

function set_default_verify_paths(self: PyObject): PyObject {
  const state = context_of(self);
  const { certificates, folder } = default_trust();
  for (const x of certificates) state.trust(x);
  if (folder !== null) state.folders.push(folder);
  // A machine that keeps none has those that Node brings along.
  state.default_roots = certificates.length === 0 && folder === null;
  state.changed();
  return none();
}

function get_ca_certs(self: PyObject, binary_form: PyObject | null): PyObject {
  const show = binary_form !== null && PyObject_IsTrue(binary_form) ? certificate_bytes : certificate_dict;
  return PyList_FromArraySteal(context_of(self).store.filter(is_ca).map(show));
}

// --- parameters -----------------------------------------------------------------------------------------------------------

function load_dh_params(self: PyObject, path: PyObject): PyObject {
  PySys_Audit('open', path, 'rb', 0);
  const converted = PyOS_FSPath(path);
  const bytes = fs_bytes(converted);
  decref(converted);
  const text = file_text(bytes);
  if (!/-----BEGIN DH PARAMETERS-----/.test(text))
    raise_reason(E_NO_START_LINE, 'PEM', 'NO_START_LINE', 'no start line', LINE.dh_params);
  const state = context_of(self);
  state.dh_params = text;
  state.changed();
  return none();
}

function set_ecdh_curve(self: PyObject, name: PyObject): PyObject {
  const converted = PyOS_FSPath(name);
  const text = latin1(fs_bytes(converted));
  decref(converted);
  try {
    host_tls().check_curve(text);
  } catch (e) {
    if (!(e instanceof HostTlsError)) throw e;
    PyErr_SetString(PyExc_ValueError, `unknown elliptic curve name ${repr_string(name)}`);
  }
  const state = context_of(self);
  state.curve = text;
  state.changed();
  return none();
}

export const LOAD_METHODS: readonly MethodSpec[] = [
  {
    name: 'load_cert_chain',
    flags: METH_CLINIC,
    meth: load_cert_chain,
    sig: '($self, /, certfile, keyfile=None, password=None)',
  },
  { name: 'load_dh_params', flags: METH_O, meth: load_dh_params, sig: '($self, path, /)' },
  {
    name: 'load_verify_locations',
    flags: METH_CLINIC,
    meth: load_verify_locations,
    sig: '($self, /, cafile=None, capath=None, cadata=None)',
  },
  {
    name: 'set_default_verify_paths',
    flags: METH_NOARGS,
    meth: set_default_verify_paths,
    sig: '($self, /)',
  },
  { name: 'set_ecdh_curve', flags: METH_O, meth: set_ecdh_curve, sig: '($self, name, /)' },
  { name: 'get_ca_certs', flags: METH_CLINIC, meth: get_ca_certs, sig: '($self, /, binary_form=False)' },
];
