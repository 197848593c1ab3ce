// address.ts: addresses of sockets: between Python's tuples and the host's, numeric forms, and the few names that are known:
// localhost and this machine's own name stand for the loopback address. Others: names.ts.
//                                                                                          CPython: Modules/socketmodule.c
import { PyErr_SetObject, PyErr_SetString } from '../../core/errors.ts';
import type { HostAddress } from '../../core/host.ts';
import { decref, newref, type PyObject, type PyTypeObject, xdecref } from '../../core/object.ts';
import { per_interpreter } from '../../core/per_interpreter.ts';
import { PyNumber_Index } from '../../objects/abstract.ts';
import { PyBytes_FromUint8Array } from '../../objects/bytesobject.ts';
import { PyBytes_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { PyExc_OSError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { PyList_FromArraySteal } from '../../objects/listobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from '../../objects/longobject.ts';
import { Py_None } from '../../objects/object.ts';
import { PyTuple_FromArraySteal } from '../../objects/tupleobject.ts';
import {
  PyUnicode_AsString,
  PyUnicode_AsUTF8,
  PyUnicode_DecodeFSDefault,
  PyUnicode_EncodeFSDefault,
  PyUnicode_FromString,
} from '../../objects/unicodeobject.ts';
import { c_int, host, read_buffer, release } from '../args.ts';
import { type Found, look_up, unknown_name, with_addresses } from './names.ts';

export const AF_UNSPEC = 0;
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
const PATH_MAX = 108;
const LOOPBACK = 'lo';
/** The flow label of an IPv6 header has 20 bits. */
const LAST_FLOW = 0xfffff;

/** The module's own exceptions; made when it is first executed. */
export const errors = /* @__PURE__ */ per_interpreter(
  () => ({ gaierror: null as PyTypeObject | null, herror: null as PyTypeObject | null }),
  {
    clear({ gaierror, herror }) {
      Object.assign(errors, { gaierror: null, herror: null });
      xdecref(gaierror);
      xdecref(herror);
    },
  },
);

/** CPython: set_gaierror */
export function raise_gaierror(code: number, text: string): never {
  const args = PyTuple_FromArraySteal([PyLong_FromLong(code), PyUnicode_FromString(text)]);
  try {
    PyErr_SetObject(errors.gaierror!, args);
  } finally {
    decref(args);
  }
}

// --- numeric forms ----------------------------------------------------------------------------------------------------

/** Four bytes of an IPv4 address in dotted form, or null. */
export function parse_ipv4(text: string): Uint8Array | null {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (m === null) return null;
  const parts = m.slice(1).map(Number);
  return parts.every(p => p <= 255) ? Uint8Array.from(parts) : null;
}

/** Sixteen bytes of an IPv6 address, or null. */
export function parse_ipv6(text: string): Uint8Array | null {
  let tail: number[] = [];
  let rest = text;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const v4 = parse_ipv4(dotted[2]!);
    if (v4 === null) return null;
    tail = [(v4[0]! << 8) | v4[1]!, (v4[2]! << 8) | v4[3]!];
    rest = dotted[1]!.endsWith('::') ? dotted[1]! : dotted[1]!.slice(0, -1);
  }
  const halves = rest.split('::');
  if (halves.length > 2) return null;
  const groups = (part: string): number[] | null => {
    if (part === '') return [];
    const list = part.split(':');
    return list.every(g => /^[0-9a-fA-F]{1,4}$/.test(g)) ? list.map(g => Number.parseInt(g, 16)) : null;
  };
  const left = groups(halves[0]!);
  const right = halves.length === 2 ? groups(halves[1]!) : [];
  if (left === null || right === null) return null;
  const end = [...right, ...tail];
  const missing = 8 - left.length - end.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...left, ...new Array<number>(missing).fill(0), ...end];
  return Uint8Array.from(all.flatMap(g => [g >> 8, g & 255]));
}

/** CPython uses inet_ntop: the longest run of zeros is `::`, IPv4 in IPv6 is dotted. */
export function format_ipv6(b: Uint8Array): string {
  const g = Array.from({ length: 8 }, (_, i) => (b[2 * i]! << 8) | b[2 * i + 1]!);
  const dotted = `${b[12]}.${b[13]}.${b[14]}.${b[15]}`;
  if (g.slice(0, 5).every(x => x === 0) && g[5] === 0xffff) return `::ffff:${dotted}`;
  if (g.slice(0, 6).every(x => x === 0) && g[6] !== 0) return `::${dotted}`;
  let at = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && g[i + n] === 0) n++;
    if (n > length) {
      at = i;
      length = n;
    }
  }
  const text = (list: number[]): string => list.map(x => x.toString(16)).join(':');
  return at < 0 ? text(g) : `${text(g.slice(0, at))}::${text(g.slice(at + length))}`;
}

/** The numeric form of a host for a family (0: either), and its family; null if the name is not known. */
export function resolve(name: string, family: number): [string, number] | null {
  if (family !== AF_INET6) {
    const v4 = parse_ipv4(name);
    if (v4 !== null) return [v4.join('.'), AF_INET];
  }
  if (family !== AF_INET) {
    const v6 = parse_ipv6(name.replace(/%.*$/, ''));
    if (v6 !== null) return [format_ipv6(v6), AF_INET6];
  }
  const own = name === host().process.uname().nodename;
  if (name === 'localhost' || name === 'localhost.localdomain' || own) {
    return family === AF_INET6 ? ['::1', AF_INET6] : ['127.0.0.1', AF_INET];
  }
  if (name === '<broadcast>' && family === AF_INET) return ['255.255.255.255', AF_INET];
  return null;
}

/** The network interfaces: the loopback alone. 0: there is none with this name. */
export function interface_index(name: string): number {
  return name === LOOPBACK ? 1 : 0;
}

export function interface_name(index: number): string | null {
  return index === 1 ? LOOPBACK : null;
}

/** The interface after the % of an IPv6 address, by name or number. */
function scope_of(text: string): number {
  const scope = /%(.*)$/s.exec(text)?.[1];
  if (scope === undefined) return 0;
  return /^\d+$/.test(scope) ? Number(scope) : interface_index(scope);
}

/** CPython: setipaddr */
function host_address(name: string, family: number): string {
  if (name === '') return family === AF_INET ? '0.0.0.0' : '::';
  return (resolve(name, family) ?? look_up(name, family))[0];
}

// --- Python's addresses -------------------------------------------------------------------------------------------------

/** A host name as text. CPython: idna_converter */
export function host_name(o: PyObject, what: string): string {
  if (PyUnicode_Check(o)) {
    const text = PyUnicode_AsString(o);
    if (text.includes('\0')) PyErr_SetString(PyExc_ValueError, 'host name must not contain null character');
    return text;
  }
  if (!PyBytes_Check(o) && o.ob_type.tp_name !== 'bytearray') {
    PyErr_SetString(PyExc_TypeError, `${what}, not ${o.ob_type.tp_name}`);
  }
  const view = read_buffer(o);
  try {
    return String.fromCharCode(...view.bytes);
  } finally {
    release(view);
  }
}

function port_arg(o: PyObject, fname: string): number {
  const port = c_int(o);
  if (port < 0 || port > 0xffff) PyErr_SetString(PyExc_OverflowError, `${fname}(): port must be 0-65535.`);
  return port;
}

export function flowinfo_arg(o: PyObject, fname: string): number {
  const index = PyNumber_Index(o);
  const flowinfo = BigInt.asUintN(32, PyLong_AsBigInt(index));
  decref(index);
  if (flowinfo > LAST_FLOW) PyErr_SetString(PyExc_OverflowError, `${fname}(): flowinfo must be 0-${LAST_FLOW}.`);
  return Number(flowinfo);
}

/** CPython: getsockaddrarg */
export function address_arg(o: PyObject, family: number, fname: string): HostAddress {
  if (family === AF_UNIX) {
    let bytes: Uint8Array;
    if (PyUnicode_Check(o)) {
      const encoded = PyUnicode_EncodeFSDefault(o);
      bytes = (encoded.v as Uint8Array).slice();
      decref(encoded);
    } else {
      if (o.ob_type.bf_getbuffer === null)
        PyErr_SetString(PyExc_TypeError, `a bytes-like object is required, not '${o.ob_type.tp_name}'`);
      const view = read_buffer(o);
      bytes = view.bytes.slice();
      release(view);
    }
    if (bytes.length >= PATH_MAX + (bytes[0] === 0 ? 1 : 0)) PyErr_SetString(PyExc_OSError, 'AF_UNIX path too long');
    return { family, host: String.fromCharCode(...bytes), port: 0 };
  }
  const name = family === AF_INET ? 'AF_INET' : 'AF_INET6';
  if (!PyTuple_Check(o))
    PyErr_SetString(PyExc_TypeError, `${fname}(): ${name} address must be tuple, not ${o.ob_type.tp_name}`);
  const n = o.v.length;
  if (family === AF_INET ? n !== 2 : n < 2 || n > 4) {
    const form = family === AF_INET ? 'a pair (host, port)' : 'a tuple (host, port[, flowinfo[, scopeid]])';
    PyErr_SetString(PyExc_TypeError, `${name} address must be ${form}`);
  }
  const text = host_name(o.v[0]!, 'str, bytes or bytearray expected');
  const numeric = host_address(text, family);
  const port = port_arg(o.v[1]!, fname);
  if (family === AF_INET) return { family, host: numeric, port };
  const flowinfo = n > 2 ? flowinfo_arg(o.v[2]!, fname) : 0;
  return { family, host: numeric, port, flowinfo, scope_id: n > 3 ? c_int(o.v[3]!) : scope_of(text) };
}

/** CPython: makesockaddr */
export function address_object(a: HostAddress): PyObject {
  if (a.family === AF_UNIX) {
    const bytes = Uint8Array.from(a.host, c => c.charCodeAt(0));
    return bytes[0] === 0 ? PyBytes_FromUint8Array(bytes) : PyUnicode_DecodeFSDefault(bytes);
  }
  const items = [PyUnicode_FromString(a.host), PyLong_FromLong(a.port)];
  if (a.family === AF_INET6) items.push(PyLong_FromLong(a.flowinfo ?? 0), PyLong_FromLong(a.scope_id ?? 0));
  return PyTuple_FromArraySteal(items);
}

/** An address of a received message: None where there is none. */
export function sender_object(a: HostAddress | null): PyObject {
  return a === null ? newref(Py_None) : address_object(a);
}

// --- services -----------------------------------------------------------------------------------------------------------

const SERVICES: Readonly<Record<string, number>> = {
  echo: 7,
  discard: 9,
  daytime: 13,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  time: 37,
  domain: 53,
  http: 80,
  pop3: 110,
  ntp: 123,
  imap2: 143,
  https: 443,
};

export function service_port(name: string): number | null {
  return SERVICES[name] ?? null;
}

export function service_name(port: number): string | null {
  for (const name of Object.keys(SERVICES)) if (SERVICES[name] === port) return name;
  return null;
}

/** Any, stream, datagram, raw, and those that are only found not to fit later. */
const SOCKET_TYPES = [0, 1, 2, 3, 5, 6];
const STREAM_KIND = [1, 6];
const KINDS = [STREAM_KIND, [2, 17], [3, 0]];
const AI_PASSIVE = 1;
const AI_CANONNAME = 2;
const AI_NUMERICHOST = 4;
const AI_NUMERICSERV = 1024;

/** Linux takes the number for an int, which it cuts to 16 bits; null: a negative one. */
function port_number(text: string): number | null {
  const n = BigInt(text[0] === '+' ? text.slice(1) : text);
  const int = n >= 1n << 64n || n <= -(1n << 64n) ? -1n : BigInt.asIntN(32, n);
  return int < 0n ? null : Number(int & 0xffffn);
}

/** CPython: socket_getaddrinfo, as the last act of `native` */
export function addresses(
  native: unknown,
  name: string | null,
  service: string | null,
  family: number,
  type: number,
  proto: number,
  flags: number,
): PyObject {
  if (!SOCKET_TYPES.includes(type)) raise_gaierror(-7, 'ai_socktype not supported');
  let port = 0;
  if (service !== null) {
    const numeric = /^[+-]?\d+$/.test(service);
    if (!numeric && (flags & AI_NUMERICSERV) !== 0) unknown_name();
    const known = numeric ? port_number(service) : service_port(service);
    if (known === null) raise_gaierror(-8, 'Servname not supported for ai_socktype');
    port = known;
  }
  if (name === null && service === null) unknown_name();
  if (![AF_UNSPEC, AF_INET, AF_INET6].includes(family)) raise_gaierror(-6, 'ai_family not supported');
  const list = (hosts: readonly Found[]): PyObject => address_list(hosts, name, port, type, proto, flags);
  if (name === null) {
    const passive = (flags & AI_PASSIVE) !== 0;
    const v4: Found = [passive ? '0.0.0.0' : '127.0.0.1', AF_INET];
    const v6: Found = [passive ? '::' : '::1', AF_INET6];
    return list((passive ? [v4, v6] : [v6, v4]).filter(h => family === AF_UNSPEC || h[1] === family));
  }
  const numeric = parse_ipv4(name) !== null || parse_ipv6(name) !== null;
  if (numeric && resolve(name, family) === null) raise_gaierror(-9, 'Address family for hostname not supported');
  if (!numeric && (flags & AI_NUMERICHOST) !== 0) unknown_name();
  return with_addresses(native, name, family, list);
}

/** The answer of getaddrinfo(): each host with each kind of socket that was asked for. */
function address_list(
  hosts: readonly Found[],
  name: string | null,
  port: number,
  type: number,
  proto: number,
  flags: number,
): PyObject {
  const out: PyObject[] = [];
  for (const [text, f] of hosts) {
    for (const [t, p] of KINDS as [number, number][]) {
      if (type !== 0 && type !== t) continue;
      if (proto !== 0 && p !== 0 && proto !== p) continue;
      const canonical = out.length === 0 && (flags & AI_CANONNAME) !== 0 ? (name ?? text) : '';
      out.push(
        PyTuple_FromArraySteal([
          PyLong_FromLong(f),
          PyLong_FromLong(t),
          PyLong_FromLong(p === 0 ? proto : p),
          PyUnicode_FromString(canonical),
          address_object({ family: f, host: text, port, flowinfo: 0, scope_id: scope_of(name ?? '') }),
        ]),
      );
    }
  }
  if (out.length === 0) raise_gaierror(-7, 'ai_socktype not supported');
  return PyList_FromArraySteal(out);
}

/** A service argument: None, a number or text, as text. */
export function service_arg(o: PyObject): string | null {
  if (o === Py_None) return null;
  if (PyLong_Check(o)) return String(PyLong_AsBigInt(o));
  if (PyUnicode_Check(o)) return PyUnicode_AsUTF8(o);
  if (PyBytes_Check(o)) return String.fromCharCode(...(o.v as Uint8Array));
  return PyErr_SetString(PyExc_OSError, 'Int or String expected');
}
