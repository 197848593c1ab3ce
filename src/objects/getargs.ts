// getargs.ts: arguments of natives, parsed by their text signature.        CPython: Python/getargs.c, Tools/clinic
//
// A signature such as '($self, sep=None, /, maxsplit=-1)' is parsed once. A native with it gets one JS argument per
// parameter, null where the caller gave none; `*args` arrives as an array and `**kwargs` as a dict or null.
import { nulls } from '../core/arrays.ts';
import { PyErr_SetString } from '../core/errors.ts';
import { decref, type PyObject, Py_EQ } from '../core/object.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem } from './dictobject.ts';
import { PyExc_TypeError } from './exceptions.ts';
import { PyUnicode_Check } from './checks.ts';
import { suggestion } from './suggestions.ts';
import { PyObject_RichCompareBool } from './object.ts';
import { PyUnicode_AsString, PyUnicode_FromString, PyUnicode_Type } from './unicodeobject.ts';

/** What a text signature says. */
export class ClinicSpec {
  /** Names of all parameters but *args and **kwargs, in order, the self parameter left out. */
  names: string[] = [];
  /** How many of them are positional-only, how many may be given by position, how many are required by position. */
  posonly = 0;
  maxpos = 0;
  minpos = 0;
  /** Required keyword-only parameters end before this index (they come first among the keyword-only ones). */
  required: boolean[] = [];
  varargs = false;
  varkw = false;
  /** Argument Clinic parses it like one with keywords, though it has none: messages differ. */
  as_keywords = false;
}

/** Parses '($self, a, /, b=1, *, c)'; the first parameter is dropped when it starts with `$`. */
export function parse_signature(sig: string): ClinicSpec {
  const spec = new ClinicSpec();
  const end = sig.lastIndexOf(')');
  let kwonly = false;
  for (const part of split_parameters(sig.slice(1, end))) {
    if (part.startsWith('$')) continue;
    if (part === '/') {
      spec.posonly = spec.names.length;
    } else if (part === '*') {
      kwonly = true;
      spec.maxpos = spec.names.length;
    } else if (part.startsWith('**')) {
      spec.varkw = true;
    } else if (part.startsWith('*')) {
      spec.varargs = true;
      kwonly = true;
      spec.maxpos = spec.names.length;
    } else {
      const eq = part.indexOf('=');
      const name = (eq < 0 ? part : part.slice(0, eq)).split(':')[0]!.trim();
      spec.names.push(name);
      spec.required.push(eq < 0);
      if (eq < 0 && !kwonly) spec.minpos = spec.names.length;
    }
  }
  if (!kwonly) spec.maxpos = spec.names.length;
  return spec;
}

function split_parameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '"') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts;
}

function s(n: number): string {
  return n === 1 ? '' : 's';
}

/** CPython: Python/getargs.c:_PyArg_CheckPositional */
export function PyArg_CheckPositional(name: string, nargs: number, min: number, max: number): void {
  if (nargs < min) {
    PyErr_SetString(PyExc_TypeError, `${name === '' ? 'unpacked tuple should have ' : `${name} expected `}${min === max ? '' : 'at least '}${min} argument${s(min)}, got ${nargs}`);
  }
  if (nargs > max) {
    PyErr_SetString(PyExc_TypeError, `${name === '' ? 'unpacked tuple should have ' : `${name} expected `}${min === max ? '' : 'at most '}${max} argument${s(max)}, got ${nargs}`);
  }
}

/** Raises unless kwargs is null or empty. CPython: _PyArg_NoKeywords */
export function PyArg_NoKeywords(name: string, kwargs: PyObject | null): void {
  if (kwargs !== null && (kwargs as PyObject<{ used: number }>).v.used > 0) {
    PyErr_SetString(PyExc_TypeError, `${name}() takes no keyword arguments`);
  }
}

/** Raises unless the call had no keywords (vectorcall form). */
export function PyArg_NoKwnames(name: string, kwnames: PyObject | null): void {
  if (kwnames !== null && (kwnames as PyObject<PyObject[]>).v.length > 0) {
    PyErr_SetString(PyExc_TypeError, `${name}() takes no keyword arguments`);
  }
}

/**
 * Sorts a call's values by parameter: borrowed values, null where not given, then the array of *args, then the dict of
 * **kwargs (owned by the caller) if the signature has them. `args` starts at `start`; keyword values follow the
 * positional ones. CPython: Python/getargs.c:_PyArg_UnpackKeywords
 */
export function clinic_unpack(
  fname: string,
  spec: ClinicSpec,
  args: readonly PyObject[],
  start: number,
  kwnames: readonly PyObject[] | null,
): unknown[] {
  const nkw = kwnames === null ? 0 : kwnames.length;
  const nargs = args.length - start - nkw;
  const { names, maxpos, posonly } = spec;
  const len = names.length;
  const positional = posonly === len && !spec.as_keywords;
  const out: unknown[] = nulls(len);
  if (nkw === 0 && nargs <= maxpos && !spec.varargs && !spec.varkw) {
    for (let i = 0; i < nargs; i++) out[i] = args[start + i];
    if (spec.required.indexOf(true, nargs) < 0) return out;
  }
  const call = `${fname}()`;

  if (!spec.varargs && !spec.varkw) {
    if (nargs + nkw > len) {
      if (positional) PyArg_CheckPositional(fname, nargs, spec.minpos, len);
      PyErr_SetString(
        PyExc_TypeError,
        `${call} takes at most ${len} ${nargs === 0 ? 'keyword ' : ''}argument${s(len)} (${nargs + nkw} given)`,
      );
    }
  }
  if (nargs > maxpos && !spec.varargs) {
    if (maxpos === 0) PyErr_SetString(PyExc_TypeError, `${call} takes no positional arguments`);
    PyErr_SetString(
      PyExc_TypeError,
      `${call} takes ${spec.minpos < maxpos ? 'at most' : 'exactly'} ${maxpos} positional argument${s(maxpos)} (${nargs} given)`,
    );
  }
  if (positional && !spec.varargs && nkw === 0) {
    if (nargs < spec.minpos) PyArg_CheckPositional(fname, nargs, spec.minpos, len);
  } else {
    const minposonly = Math.min(posonly, spec.minpos);
    if (nargs < minposonly) {
      if (spec.varargs && positional && !spec.varkw) {
        PyErr_SetString(PyExc_TypeError, `${fname} expected at least ${minposonly} argument${s(minposonly)}, got ${nargs}`);
      }
      PyErr_SetString(
        PyExc_TypeError,
        `${call} takes ${minposonly < maxpos || spec.varargs ? 'at least' : 'exactly'} ${minposonly} positional argument${s(minposonly)} (${nargs} given)`,
      );
    }
  }
  const npos = nargs < maxpos ? nargs : maxpos;
  for (let i = 0; i < npos; i++) out[i] = args[start + i];
  let varkw: PyObject | null = null;
  if (nkw > 0) {
    let unmatched: PyObject | null = null;
    for (let k = 0; k < nkw; k++) {
      const nameObj = kwnames![k]!;
      if (!PyUnicode_Check(nameObj)) PyErr_SetString(PyExc_TypeError, 'keywords must be strings');
      const name = PyUnicode_AsString(nameObj);
      const i = names.indexOf(name, posonly);
      if (i < 0) {
        if (spec.varkw) {
          varkw ??= PyDict_New();
          PyDict_SetItem(varkw, nameObj, args[start + nargs + k]!);
        } else unmatched ??= nameObj;
        continue;
      }
      if (i < nargs && i < maxpos) {
        PyErr_SetString(PyExc_TypeError, `argument for ${call} given by name ('${name}') and position (${i + 1})`);
      }
      out[i] = args[start + nargs + k];
    }
    if (unmatched !== null) {
      check_required(call, spec, out);
      if (names.slice(posonly).some(name => claims_to_be(unmatched!, name))) {
        PyErr_SetString(PyExc_TypeError, `invalid keyword argument for ${call}`);
      }
      const name = PyUnicode_AsString(unmatched);
      const hint = suggestion(names.slice(posonly), name);
      const question = hint === null ? '' : `. Did you mean '${hint}'?`;
      PyErr_SetString(PyExc_TypeError, `${call} got an unexpected keyword argument '${name}'${question}`);
    }
  }
  check_required(call, spec, out);
  if (spec.varargs) out.push(nargs > maxpos ? args.slice(start + maxpos, start + nargs) : []);
  if (spec.varkw) out.push(varkw);
  return out;
}

/** Whether a keyword of a str subclass says that it equals a parameter's name, which it does not as text. */
function claims_to_be(keyword: PyObject, name: string): boolean {
  if (keyword.ob_type === PyUnicode_Type) return false;
  const parameter = PyUnicode_FromString(name);
  try {
    return PyObject_RichCompareBool(parameter, keyword, Py_EQ);
  } finally {
    decref(parameter);
  }
}

function check_required(call: string, spec: ClinicSpec, out: unknown[]): void {
  const { required, names } = spec;
  for (let i = 0; i < names.length; i++) {
    if (out[i] === null && required[i]) {
      if (i < spec.maxpos) PyErr_SetString(PyExc_TypeError, `${call} missing required argument '${names[i]}' (pos ${i + 1})`);
      PyErr_SetString(PyExc_TypeError, `${call} missing required keyword-only argument: '${names[i]}'`);
    }
  }
}

const parsed = new Map<string, ClinicSpec>();

export function signature_of(sig: string): ClinicSpec {
  let spec = parsed.get(sig);
  if (spec === undefined) {
    spec = parse_signature(sig);
    parsed.set(sig, spec);
  }
  return spec;
}

/** Parses (args tuple, kwargs dict or null) by a signature: what tp_new and tp_init need. Borrowed values. */
export function PyArg_Clinic(fname: string, sig: string, args: PyObject, kwargs: PyObject | null): (PyObject | null)[] {
  const spec = signature_of(sig);
  let items = (args as PyObject<PyObject[]>).v;
  let names: PyObject[] | null = null;
  if (kwargs !== null) {
    const table = (kwargs as PyObject<{ keys: PyObject[]; values: PyObject[]; used: number }>).v;
    if (table.used > 0) {
      if (spec.posonly === spec.names.length && !spec.varkw) PyErr_SetString(PyExc_TypeError, `${fname}() takes no keyword arguments`);
      items = items.slice();
      names = [];
      for (let i = PyDict_Next(kwargs, 0); i >= 0; i = PyDict_Next(kwargs, i + 1)) {
        names.push(table.keys[i]!);
        items.push(table.values[i]!);
      }
    }
  }
  return clinic_unpack(fname, spec, items, 0, names) as (PyObject | null)[];
}

/** Same for the vectorcall form. */
export function PyArg_ClinicVector(fname: string, sig: string, args: PyObject[], kwnames: PyObject | null): (PyObject | null)[] {
  const spec = signature_of(sig);
  const names = kwnames === null ? null : (kwnames as PyObject<PyObject[]>).v;
  if (names !== null && names.length > 0 && spec.posonly === spec.names.length && !spec.varkw) {
    PyErr_SetString(PyExc_TypeError, `${fname}() takes no keyword arguments`);
  }
  return clinic_unpack(fname, spec, args, 0, names) as (PyObject | null)[];
}

