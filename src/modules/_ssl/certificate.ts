// certificate.ts: certificates as Python sees them: dictionaries, DER, the type Certificate.  CPython: Modules/_ssl/cert.c, _ssl.c:_decode_certificate
import { PyErr_SetString } from '../../core/errors.ts';
import { hash_bytes } from '../../core/hash.ts';
import {
  decref,
  newref,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  type PyObject,
  type PyTypeObject,
} from '../../core/object.ts';
import { METH_CLINIC, METH_NOARGS, module_type } from '../../core/spec.ts';
import { PyBool_FromLong } from '../../objects/boolobject.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../../objects/dictobject.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_NotImplemented } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../../objects/unicodeobject.ts';
import { c_int } from '../args.ts';
import { Malformed } from './der.ts';
import { raise_plain } from './errors.ts';
import { object_by_name } from './objects.ts';
import { pem_text } from './pem.ts';
import { alt_names, authority_info, crl_points, type Name, parse_certificate, same_bytes, type X509 } from './x509.ts';

export const ENCODING_PEM = 1;
export const ENCODING_DER = 2;

const str = PyUnicode_FromString;

function pair(a: PyObject, b: PyObject): PyObject {
  return PyTuple_FromArraySteal([a, b]);
}

function name_tuple(name: Name): PyObject {
  return PyTuple_FromArraySteal(
    name.map(rdn => PyTuple_FromArraySteal(rdn.map(([type, value]) => pair(str(type), str(value))))),
  );
}

/** What getpeercert() gives. CPython: _decode_certificate */
export function certificate_dict(x: X509): PyObject {
  const dict = PyDict_New();
  const set = (key: string, value: PyObject): void => {
    PyDict_SetItemString(dict, key, value);
    decref(value);
  };
  const texts = (key: string, list: readonly string[]): void => {
    if (list.length > 0) set(key, PyTuple_FromArraySteal(list.map(str)));
  };
  set('subject', name_tuple(x.subject));
  set('issuer', name_tuple(x.issuer));
  set('version', PyLong_FromLong(x.version));
  set('serialNumber', str(x.serial));
  set('notBefore', str(x.not_before));
  set('notAfter', str(x.not_after));
  const names = alt_names(x);
  if (names.length > 0) {
    const value = (v: string | Name): PyObject => (typeof v === 'string' ? str(v) : name_tuple(v));
    set('subjectAltName', PyTuple_FromArraySteal(names.map(([kind, v]) => pair(str(kind), value(v)))));
  }
  const { ocsp, ca_issuers } = authority_info(x);
  texts('OCSP', ocsp);
  texts('caIssuers', ca_issuers);
  texts('crlDistributionPoints', crl_points(x));
  return dict;
}

/** Reads a certificate; SSLError where it is none. */
export function read_certificate(der: Uint8Array): X509 {
  try {
    return parse_certificate(der);
  } catch (e) {
    if (e instanceof Malformed) raise_plain(`Error decoding certificate: ${e.what}`);
    throw e;
  }
}

export function certificate_bytes(x: X509): PyObject {
  return PyBytes_FromUint8Array(x.der);
}

// --- the type ---------------------------------------------------------------------------------------------------------------

type CertificateObject = PyObject<X509>;

/** A subject on one line, as OpenSSL's X509_NAME_oneline's successors print it (RFC 2253's order turned round). */
function subject_line(name: Name): string {
  return [...name]
    .reverse()
    .map(rdn => rdn.map(([type, value]) => `${object_by_name(type)?.short ?? type}=${value}`).join('+'))
    .join(',');
}

function public_bytes(self: PyObject, format: PyObject | null): PyObject {
  const encoding = format === null ? ENCODING_PEM : c_int(format);
  const { der } = (self as CertificateObject).v;
  if (encoding === ENCODING_PEM) return str(pem_text('CERTIFICATE', der));
  if (encoding === ENCODING_DER) return PyBytes_FromUint8Array(der);
  PyErr_SetString(PyExc_ValueError, 'Unsupported format');
}

function compare(self: PyObject, other: PyObject, op: number): PyObject {
  if (other.ob_type !== certificate_type || (op !== Py_EQ && op !== Py_NE)) return newref(Py_NotImplemented);
  const same = same_bytes((self as CertificateObject).v.der, (other as CertificateObject).v.der);
  return PyBool_FromLong(same === (op === Py_EQ));
}

export const certificate_type: PyTypeObject = module_type('_ssl', {
  name: '_ssl.Certificate',
  heap: 'immutable',
  tp_basicsize: 32,
  tp_flags: Py_TPFLAGS_DISALLOW_INSTANTIATION,
  tp_repr: self => str(`<_ssl.Certificate '${subject_line((self as CertificateObject).v.subject)}'>`),
  tp_hash: self => hash_bytes((self as CertificateObject).v.subject_der),
  tp_richcompare: compare,
  methods: [
    { name: 'public_bytes', flags: METH_CLINIC, meth: public_bytes, sig: '($self, /, format=Encoding.PEM)' },
    {
      name: 'get_info',
      flags: METH_NOARGS,
      meth: self => certificate_dict((self as CertificateObject).v),
      sig: '($self, /)',
    },
  ],
});

export function certificate_object(x: X509): PyObject {
  return certificate_type.tp_alloc!(certificate_type, x);
}
