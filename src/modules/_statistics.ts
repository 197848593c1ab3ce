// _statistics.ts: the accelerator of statistics.NormalDist.                 CPython: Modules/_statisticsmodule.c
//
// Wichura's algorithm AS241: a quotient of two polynomials for the centre and two for the tails, highest power first.

import { PyErr_SetString } from '../core/errors.ts';
import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyExc_ValueError } from '../objects/exceptions.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { libm_log } from '../objects/libm.ts';

const CENTER_NUM = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const CENTER_DEN = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const MIDDLE_NUM = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const MIDDLE_DEN = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const TAIL_NUM = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const TAIL_DEN = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];

function horner(c: readonly number[], r: number): number {
  let sum = c[0]!;
  for (let i = 1; i < c.length; i++) sum = sum * r + c[i]!;
  return sum;
}

/** CPython: _statistics__normal_dist_inv_cdf_impl */
function _normal_dist_inv_cdf(
  _module: PyObject,
  p_object: PyObject,
  mu_object: PyObject,
  sigma_object: PyObject,
): PyObject {
  const p = PyFloat_AsDouble(p_object);
  const mu = PyFloat_AsDouble(mu_object);
  const sigma = PyFloat_AsDouble(sigma_object);
  if (p <= 0 || p >= 1) PyErr_SetString(PyExc_ValueError, 'inv_cdf undefined for these parameters');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const x = (horner(CENTER_NUM, r) * q) / horner(CENTER_DEN, r);
    return PyFloat_FromDouble(mu + x * sigma);
  }
  let r = Math.sqrt(-libm_log(q <= 0 ? p : 1 - p));
  let x: number;
  if (r <= 5) {
    r -= 1.6;
    x = horner(MIDDLE_NUM, r) / horner(MIDDLE_DEN, r);
  } else {
    r -= 5;
    x = horner(TAIL_NUM, r) / horner(TAIL_DEN, r);
  }
  return PyFloat_FromDouble(mu + (q < 0 ? -x : x) * sigma);
}

export const module: ModuleSpec = {
  name: '_statistics',
  doc: 'Accelerators of the statistics module.',
  methods: [
    { name: '_normal_dist_inv_cdf', flags: METH_CLINIC, meth: _normal_dist_inv_cdf, sig: '($module, p, mu, sigma, /)' },
  ],
};
