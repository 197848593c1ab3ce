// socket.ts: the type under ssl.SSLSocket and ssl.SSLObject.                              CPython: Modules/_ssl.c:PySSLSocket
//
// What TLS does is engine.ts; here are its methods for Python, and what a server chooses by its callback.
import { PyErr_SetString } from '../../core/errors.ts';
import { type HostTls, type HostTlsConnection, HostTlsError } from '../../core/host_tls.ts';
import {
  decref,
  newref,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
  xdecref,
} from '../../core/object.ts';
import { METH_CLINIC, METH_FASTCALL, METH_NOARGS, METH_O, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyDict_New } from '../../objects/dictobject.ts';
import { PyErr_FormatUnraisable } from '../../objects/errors_util.ts';
import {
  PyExc_AttributeError,
  PyExc_NotImplementedError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../../objects/exceptions.ts';
import { PyArg_CheckPositional } from '../../objects/getargs.ts';
import { release_instance } from '../../objects/instance.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None, PyObject_IsTrue, repr_string } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyObject_TypeCheck } from '../../objects/typeobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { _PyWeakref_GET_REF, PyWeakref_NewRef } from '../../objects/weakrefobject.ts';
import { run_steps, type Steps } from '../../vm/steps.ts';
import { c_int, c_ssize, host, none, read_buffer, release, str_arg, write_buffer } from '../args.ts';
import { certificate_dict, certificate_object, read_certificate } from './certificate.ts';
import { type Cipher, cipher_by_name } from './ciphers.ts';
import { type Choice, Tls } from './engine.ts';
import { raise_plain } from './errors.ts';
import type { Hello } from './hello.ts';
import { type SessionObject, session_object, session_type } from './session.ts';
import { CERT_NONE, type ContextState } from './state.ts';
import { SocketWire, type Wire } from './wire.ts';
import { self_issued } from './x509.ts';

const ALERT_HANDSHAKE_FAILURE = 40;
const ALERT_INTERNAL_ERROR = 80;
const NUMERIC_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;

class SocketState {
  readonly tls: Tls;
  /** An SSLContext, owned; a server's callback may put another in its place. */
  context: PyObject;
  readonly hostname: string | null;
  /** Weak references (owned) or null. */
  owner: PyObject | null = null;
  readonly socket: PyObject | null;
  /** To go on with; owned, or null. */
  session: PyObject | null = null;

  constructor(tls: Tls, context: PyObject, hostname: string | null, wire: Wire) {
    this.tls = tls;
    this.context = newref(context);
    this.hostname = hostname;
    this.socket = wire instanceof SocketWire ? wire.ref : null;
  }
}

type SslObject = PyObject<SocketState>;

function state(self: PyObject): SocketState {
  return (self as SslObject).v;
}

function context_state(context: PyObject): ContextState {
  return context.v as ContextState;
}

/** The host's TLS; the module is not there without. */
export function host_tls(): HostTls {
  return host().tls!;
}

/** A new _SSLSocket over a wire. */
export function new_ssl_socket(context: PyObject, wire: Wire, server: boolean, hostname: string | null): PyObject {
  const c = context_state(context);
  let self: PyObject;
  const dial = (): HostTlsConnection => {
    const numeric = hostname !== null && (NUMERIC_V4.test(hostname) || hostname.includes(':'));
    const { session, tls } = state(self);
    if (session !== null) tls.known_chain = (session as SessionObject).v.chain;
    return made(() =>
      c.host_context(host_tls(), false).open({
        server_name: numeric ? null : hostname,
        check_name: c.check_hostname && !numeric ? hostname : null,
        check_address: c.check_hostname && numeric ? hostname : null,
        alpn: c.alpn,
        session: session === null ? null : (session as SessionObject).v.data,
      }),
    );
  };
  const choose = (hello: Hello): Steps<Choice> => choose_answer(self, hello);
  const tls = new Tls(c, wire, server ? null : dial, choose);
  self = ssl_socket_type.tp_alloc!(ssl_socket_type, new SocketState(tls, context, hostname, wire));
  return self;
}

/** Makes something of the host's; what it does not take is an SSLError. */
export function made<T>(make: () => T): T {
  try {
    return make();
  } catch (e) {
    if (e instanceof HostTlsError) raise_plain(e.reason);
    throw e;
  }
}

// --- what a server chooses ------------------------------------------------------------------------------------------------

function* choose_answer(self: PyObject, hello: Hello): Steps<Choice> {
  const s = state(self);
  const first = s.context;
  const alert = yield* ask_callback(self, hello);
  const c = context_state(s.context);
  // The certificate is the new context's, all the rest the first one's.
  const original = context_state(first);
  const context = made(() =>
    s.context === first
      ? original.host_context(host_tls(), true)
      : host_tls().context(original.settings(true, [...c.pairs.values()], host_tls().roots)),
  );
  const alpn = c.alpn.find(p => hello.alpn.includes(p));
  return { context, alpn: alpn === undefined ? [] : [alpn], alert };
}

/** Calls the context's callback for names: the alert to refuse with, or -1. CPython: _servername_callback */
function* ask_callback(self: PyObject, hello: Hello): Steps<number> {
  const s = state(self);
  const { sni_callback } = context_state(s.context);
  if (sni_callback === null) return -1;
  const ref = s.owner ?? s.socket;
  const shown = ref === null ? newref(self) : _PyWeakref_GET_REF(ref);
  if (shown === null) return ALERT_HANDSHAKE_FAILURE;
  const name = hello.server_name === null ? none() : PyUnicode_FromString(hello.server_name);
  const context = newref(s.context);
  newref(sni_callback);
  let result: PyObject;
  try {
    result = yield { callable: sni_callback, args: [shown, name, context] };
  } catch (e) {
    PyErr_FormatUnraisable(
      `Exception ignored while calling set_servername_callback callback ${repr_string(sni_callback)}`,
      e,
    );
    return ALERT_HANDSHAKE_FAILURE;
  } finally {
    for (const o of [shown, name, context, sni_callback]) decref(o);
  }
  try {
    return result === Py_None ? -1 : c_int(result) & 255;
  } catch (e) {
    PyErr_FormatUnraisable('Exception ignored while parsing the result of the servername callback', e);
    return ALERT_INTERNAL_ERROR;
  } finally {
    decref(result);
  }
}

// --- what goes over it ----------------------------------------------------------------------------------------------------

function ssl_do_handshake(self: PyObject): PyObject {
  const { tls } = state(self);
  function* steps(): Steps<PyObject> {
    yield* tls.handshake(tls.act('handshake'));
    return none();
  }
  return run_steps(ssl_do_handshake, self, steps());
}

/** CPython: _ssl__SSLSocket_read_impl */
function ssl_read(self: PyObject, args: PyObject[]): PyObject {
  PyArg_CheckPositional('read', args.length, 1, 2);
  const { tls } = state(self);
  let n = c_ssize(args[0]!);
  if (args.length === 1) {
    if (n < 0) PyErr_SetString(PyExc_ValueError, 'size should not be negative');
    function* read(): Steps<PyObject> {
      return PyBytes_FromUint8Array(n === 0 ? new Uint8Array(0) : yield* tls.read(n, tls.act('read')));
    }
    return run_steps(ssl_read, self, read());
  }
  const view = write_buffer(args[1]!, 'read', 'argument 2');
  if (n <= 0 || n > view.bytes.length) n = view.bytes.length;
  newref(args[1]!);
  function* read_into(): Steps<PyObject> {
    try {
      if (n === 0) return PyLong_FromLong(0);
      const got = yield* tls.read(n, tls.act('read'));
      view.bytes.set(got);
      return PyLong_FromLong(got.length);
    } finally {
      release(view);
      decref(args[1]!);
    }
  }
  return run_steps(ssl_read, self, read_into());
}

function ssl_write(self: PyObject, b: PyObject): PyObject {
  const { tls } = state(self);
  const view = read_buffer(b);
  const data = view.bytes.slice();
  release(view);
  function* steps(): Steps<PyObject> {
    return PyLong_FromLong(yield* tls.write(data, tls.act('write')));
  }
  return run_steps(ssl_write, self, steps());
}

/** CPython: _ssl__SSLSocket_shutdown_impl */
function ssl_shutdown(self: PyObject): PyObject {
  const { tls, socket } = state(self);
  function* steps(): Steps<PyObject> {
    yield* tls.shutdown(tls.act('shutdown'));
    if (socket === null) return none();
    return _PyWeakref_GET_REF(socket) ?? none();
  }
  return run_steps(ssl_shutdown, self, steps());
}

// --- what is known of it --------------------------------------------------------------------------------------------------

function getpeercert(self: PyObject, der: PyObject | null): PyObject {
  const { tls, context } = state(self);
  if (tls.peer === null) PyErr_SetString(PyExc_ValueError, 'handshake not done yet');
  const [first] = tls.peer.chain;
  if (first === undefined) return none();
  if (der !== null && PyObject_IsTrue(der)) return PyBytes_FromUint8Array(first);
  if (context_state(context).verify_mode === CERT_NONE) return PyDict_New();
  return certificate_dict(read_certificate(first));
}

/** `verified`: up to the root; else what the other end has sent, which has no root as a rule. */
function chain_list(self: PyObject, verified: boolean): PyObject {
  const { peer } = state(self).tls;
  if (peer === null || peer.chain.length === 0) return none();
  const chain = peer.chain.map(read_certificate);
  const sent = chain.length > 1 && self_issued(chain.at(-1)!) ? chain.slice(0, -1) : chain;
  return PyList_FromArraySteal((verified ? chain : sent).map(certificate_object));
}

function get_verified_chain(self: PyObject): PyObject {
  return chain_list(self, true);
}

function get_unverified_chain(self: PyObject): PyObject {
  return chain_list(self, false);
}

function cipher_tuple(c: Cipher): PyObject {
  return PyTuple_FromArraySteal([
    PyUnicode_FromString(c.name),
    PyUnicode_FromString(c.protocol),
    PyLong_FromLong(c.bits),
  ]);
}

function cipher(self: PyObject): PyObject {
  const { peer } = state(self).tls;
  const c = peer === null ? null : cipher_by_name(peer.cipher);
  return c === null ? none() : cipher_tuple(c);
}

function shared_ciphers(self: PyObject): PyObject {
  const { tls, context } = state(self);
  const { hello } = tls;
  if (hello === null || tls.peer === null) return none();
  const shared = context_state(context)
    .chosen()
    .filter(c => hello.ciphers.includes(c.id));
  return PyList_FromArraySteal(shared.map(cipher_tuple));
}

function version(self: PyObject): PyObject {
  const { peer } = state(self).tls;
  return peer === null ? none() : PyUnicode_FromString(peer.version);
}

function selected_alpn_protocol(self: PyObject): PyObject {
  const alpn = state(self).tls.peer?.alpn ?? null;
  return alpn === null ? none() : PyUnicode_FromString(alpn);
}

/** CPython: _ssl__SSLSocket_get_channel_binding_impl */
function get_channel_binding(self: PyObject, kind: PyObject | null): PyObject {
  const type = kind === null ? 'tls-unique' : str_arg('get_channel_binding', "'cb_type'", kind);
  if (type !== 'tls-unique') PyErr_SetString(PyExc_ValueError, `'${type}' channel binding type not implemented`);
  const { tls } = state(self);
  const { peer } = tls;
  if (peer === null) return none();
  // Whoever has ended the handshake first.
  const own = peer.reused !== !tls.server;
  const message = own ? peer.finished : peer.peer_finished;
  return message === null ? none() : PyBytes_FromUint8Array(message);
}

function verify_client_post_handshake(): PyObject {
  PyErr_SetString(PyExc_NotImplementedError, 'Post-handshake auth is not supported by your OpenSSL version.');
}

// --- attributes -----------------------------------------------------------------------------------------------------------

/** Set by the context's file: its type. */
export const contextType: { type: PyTypeObject | null } = { type: null };

function set_context(self: PyObject, value: PyObject): void {
  if (!PyObject_TypeCheck(value, contextType.type!)) PyErr_SetString(PyExc_TypeError, 'The value must be a SSLContext');
  const s = state(self);
  const old = s.context;
  s.context = newref(value);
  decref(old);
}

function get_owner(self: PyObject): PyObject {
  const { owner } = state(self);
  return (owner === null ? null : _PyWeakref_GET_REF(owner)) ?? none();
}

/** The value of an attribute that cannot be deleted. */
export function kept(self: PyObject, name: string, value: PyObject | null): PyObject {
  if (value === null)
    PyErr_SetString(PyExc_AttributeError, `attribute '${name}' of '${self.ob_type.tp_name}' objects cannot be deleted`);
  return value;
}

export function set_owner(self: PyObject, value: PyObject): void {
  const s = state(self);
  xdecref(s.owner);
  s.owner = value === Py_None ? null : PyWeakref_NewRef(value, null);
}

function get_session(self: PyObject): PyObject {
  const { tls, context } = state(self);
  return tls.session === null ? none() : session_object(tls.session, context, tls.peer?.chain ?? []);
}

/** CPython: PySSL_set_session */
export function set_session(self: PyObject, value: PyObject): void {
  const s = state(self);
  if (value.ob_type !== session_type) PyErr_SetString(PyExc_TypeError, 'Value is not a SSLSession.');
  if ((value as SessionObject).v.context !== s.context)
    PyErr_SetString(PyExc_ValueError, 'Session refers to a different SSLContext.');
  if (s.tls.server) PyErr_SetString(PyExc_ValueError, 'Cannot set session for server-side SSLSocket.');
  if (s.tls.peer !== null) PyErr_SetString(PyExc_ValueError, 'Cannot set session after handshake.');
  xdecref(s.session);
  s.session = newref(value);
}

function ssl_dealloc(self: PyObject): void {
  const s = state(self);
  s.tls.close();
  release_instance(self);
  decref(s.context);
  for (const o of [s.owner, s.socket, s.session]) xdecref(o);
}

export const ssl_socket_type: PyTypeObject = module_type('_ssl', {
  name: '_ssl._SSLSocket',
  heap: 'immutable',
  tp_basicsize: 88,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_dealloc: ssl_dealloc,
  methods: [
    { name: 'do_handshake', flags: METH_NOARGS, meth: ssl_do_handshake, sig: '($self, /)' },
    { name: 'write', flags: METH_O, meth: ssl_write, sig: '($self, b, /)' },
    { name: 'read', flags: METH_FASTCALL, meth: ssl_read },
    {
      name: 'pending',
      flags: METH_NOARGS,
      meth: self => PyLong_FromLong(state(self).tls.plain.length),
      sig: '($self, /)',
    },
    { name: 'getpeercert', flags: METH_CLINIC, meth: getpeercert, sig: '($self, der=False, /)' },
    {
      name: 'get_channel_binding',
      flags: METH_CLINIC,
      meth: get_channel_binding,
      sig: "($self, /, cb_type='tls-unique')",
    },
    { name: 'cipher', flags: METH_NOARGS, meth: cipher, sig: '($self, /)' },
    { name: 'shared_ciphers', flags: METH_NOARGS, meth: shared_ciphers, sig: '($self, /)' },
    { name: 'version', flags: METH_NOARGS, meth: version, sig: '($self, /)' },
    {
      name: 'selected_alpn_protocol',
      flags: METH_NOARGS,
      meth: selected_alpn_protocol,
      sig: '($self, /)',
    },
    { name: 'compression', flags: METH_NOARGS, meth: none, sig: '($self, /)' },
    { name: 'shutdown', flags: METH_NOARGS, meth: ssl_shutdown, sig: '($self, /)' },
    {
      name: 'verify_client_post_handshake',
      flags: METH_NOARGS,
      meth: verify_client_post_handshake,
      sig: '($self, /)',
    },
    { name: 'get_unverified_chain', flags: METH_NOARGS, meth: get_unverified_chain, sig: '($self, /)' },
    { name: 'get_verified_chain', flags: METH_NOARGS, meth: get_verified_chain, sig: '($self, /)' },
  ],
  getset: [
    {
      name: 'context',
      get: self => newref(state(self).context),
      set: (self, value) => set_context(self, kept(self, 'context', value)),
    },
    { name: 'server_side', get: self => PyBool_FromLong(state(self).tls.server) },
    {
      name: 'server_hostname',
      get: self => (state(self).hostname === null ? none() : PyUnicode_FromString(state(self).hostname!)),
    },
    { name: 'owner', get: get_owner, set: (self, value) => set_owner(self, kept(self, 'owner', value)) },
    { name: 'session', get: get_session, set: (self, value) => set_session(self, kept(self, 'session', value)) },
    { name: 'session_reused', get: self => PyBool_FromLong(state(self).tls.peer?.reused === true) },
  ],
});
