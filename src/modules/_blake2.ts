// _blake2.ts: the BLAKE2 hashes with all their parameters.                              CPython: Modules/blake2module.c
import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject, type PyTypeObject } from '../core/object.ts';
import { type ModuleSpec, module_type } from '../core/spec.ts';
import { PyDict_SetItem } from '../objects/dictobject.ts';
import { PyExc_OverflowError, PyExc_ValueError } from '../objects/exceptions.ts';
import { PyArg_Clinic } from '../objects/getargs.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_AddIntConstant } from '../objects/moduleobject.ts';
import { PyObject_IsTrue } from '../objects/object.ts';
import { _Py_ID } from '../objects/unicodeobject.ts';
import { c_bool, c_int, read_buffer, release, unsigned_arg } from './args.ts';
import { Blake2b, Blake2s, is_plain, plain_parameters } from './hashes/blake2.ts';
import { data_argument, GIL_MINSIZE, HASH_GETSET, hash_methods, new_hash } from './hashes/object.ts';
import { algorithm, HashState, hash_object } from './hashes/state.ts';

function refuse(message: string): never {
  return PyErr_SetString(PyExc_ValueError, message);
}

function short_bytes(o: PyObject | null, what: string, most: number): Uint8Array {
  if (o === null) return new Uint8Array(0);
  const view = read_buffer(o);
  try {
    if (view.bytes.length > most) refuse(`maximum ${what} length is ${most} bytes`);
    return view.bytes.slice();
  } finally {
    release(view);
  }
}

function ranged(n: number, what: string, least: number): number {
  if (n < least || n > 255) refuse(`${what} must be between ${least} and 255`);
  return n;
}

/** CPython: py_blake2_new */
function blake2_new(type: PyTypeObject, args: PyObject, kwargs: PyObject | null, wide: boolean): PyObject {
  const name = wide ? 'blake2b' : 'blake2s';
  const a = PyArg_Clinic(name, signature(name), args, kwargs);
  const given = (i: number): PyObject | null => a[i] ?? null;
  const int = (i: number, fallback: number): number => (given(i) === null ? fallback : c_int(given(i)!));
  const max = wide ? 64 : 32;
  const piece = max / 4;
  const p = plain_parameters(int(1, max));
  p.fanout = int(5, 1);
  p.depth = int(6, 1);
  p.node_depth = int(9, 0);
  p.inner_size = int(10, 0);
  p.last_node = c_bool(given(11), false);
  if (given(12) !== null) PyObject_IsTrue(given(12)!);
  const data = data_argument(given(0), given(13));
  if (p.digest_size < 1 || p.digest_size > max) {
    const shown = wide ? 'Blake2b' : 'Blake2s';
    refuse(`digest_size for ${shown} must be between 1 and ${max} bytes, here it is ${p.digest_size}`);
  }
  p.salt = short_bytes(given(3), 'salt', piece);
  p.person = short_bytes(given(4), 'person', piece);
  ranged(p.fanout, 'fanout', 0);
  ranged(p.depth, 'depth', 1);
  if (given(7) !== null) {
    const size = unsigned_arg(given(7)!, 64, 'unsigned long');
    if (size > 0xffffffffn) PyErr_SetString(PyExc_OverflowError, 'leaf_size is too large');
    p.leaf_size = Number(size);
  }
  if (given(8) !== null) p.node_offset = unsigned_arg(given(8)!, 64, 'unsigned long long');
  if (!wide && p.node_offset >> 48n !== 0n) PyErr_SetString(PyExc_OverflowError, 'node_offset is too large');
  ranged(p.node_depth, 'node_depth', 0);
  if (p.inner_size < 0 || p.inner_size > max) refuse(`inner_size must be between 0 and is ${max}`);
  p.key = short_bytes(given(2), 'key', max);
  const own = wide ? Blake2b : Blake2s;
  const stream = is_plain(p, max) ? null : new own(p);
  const state = new HashState(algorithm(name), stream, p.digest_size);
  if (data !== null) hash_object(state, data);
  return new_hash(type, state);
}

function signature(name: string): string {
  return (
    `(data=b'', *, digest_size=_blake2.${name}.MAX_DIGEST_SIZE,\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, ` +
    'leaf_size=0,\n        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        ' +
    'usedforsecurity=True, string=None)'
  );
}

function blake2_type(name: string, wide: boolean): PyTypeObject {
  return module_type('_blake2', {
    heap: 'immutable',
    name: `_blake2.${name}`,
    tp_basicsize: 32,
    tp_doc: `Return a new BLAKE2${wide ? 'b' : 's'} hash object.`,
    tp_new: (type, args, kwargs) => blake2_new(type, args, kwargs, wide),
    methods: hash_methods('data'),
    getset: HASH_GETSET,
    after_ready: type => {
      type.tp_data = { text_signature: signature(name) };
      for (const [constant, value] of limits(wide)) {
        const number = PyLong_FromLong(value);
        PyDict_SetItem(type.tp_dict!, _Py_ID(constant), number);
        decref(number);
      }
    },
  });
}

function limits(wide: boolean): [string, number][] {
  const max = wide ? 64 : 32;
  return [
    ['SALT_SIZE', max / 4],
    ['PERSON_SIZE', max / 4],
    ['MAX_KEY_SIZE', max],
    ['MAX_DIGEST_SIZE', max],
  ];
}

const blake2b_type = /* @__PURE__ */ blake2_type('blake2b', true);
const blake2s_type = /* @__PURE__ */ blake2_type('blake2s', false);

export const module: ModuleSpec = {
  name: '_blake2',
  doc: '_blake2b provides BLAKE2b for hashlib\n',
  types: () => [blake2b_type, blake2s_type],
  exec(m) {
    PyModule_AddIntConstant(m, '_GIL_MINSIZE', GIL_MINSIZE);
    for (const wide of [true, false]) {
      for (const [name, value] of limits(wide)) PyModule_AddIntConstant(m, `BLAKE2${wide ? 'B' : 'S'}_${name}`, value);
    }
  },
};
