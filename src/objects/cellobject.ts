// cellobject.ts: the box that a variable shared by nested functions lives in. `v` is the owned content or null.   CPython: Objects/cellobject.c
import { PyErr_SetString } from '../core/errors.ts';
import { gc_del, gc_new } from '../core/gc.ts';
import { PyObject, Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_TPFLAGS_HAVE_GC, newref, xdecref, xnewref } from '../core/object.ts';
import { static_type } from '../core/spec.ts';
import { Py_False, Py_True } from './boolobject.ts';
import { PyExc_ValueError } from './exceptions.ts';
import { PyArg_Clinic } from './getargs.ts';
import { PyObject_RichCompare, Py_NotImplemented, address } from './object.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

export type PyCellObject = PyObject<PyObject | null>;

export function PyCell_New(value: PyObject | null): PyObject {
  const o = new PyObject<unknown, unknown>(PyCell_Type, xnewref(value), null);
  gc_new(o);
  return o;
}

/** Borrowed content, or null. */
export function PyCell_Get(cell: PyObject): PyObject | null {
  return (cell as PyCellObject).v;
}

export function PyCell_Set(cell: PyObject, value: PyObject | null): void {
  const c = cell as PyCellObject;
  const old = c.v;
  c.v = xnewref(value);
  xdecref(old);
}

function cell_richcompare(a: PyObject, b: PyObject, op: number): PyObject {
  if (a.ob_type !== PyCell_Type || b.ob_type !== PyCell_Type) return newref(Py_NotImplemented);
  const x = (a as PyCellObject).v;
  const y = (b as PyCellObject).v;
  if (x !== null && y !== null) return PyObject_RichCompare(x, y, op);
  // Empty cells are less than any other.
  const p = x === null ? 0 : 1;
  const q = y === null ? 0 : 1;
  const truth =
    op === Py_LT ? p < q : op === Py_LE ? p <= q : op === Py_EQ ? p === q : op === Py_GT ? p > q : op === Py_GE ? p >= q : p !== q;
  return newref(truth ? Py_True : Py_False);
}

export const PyCell_Type = static_type({
  name: 'cell',
  tp_doc: 'cell([contents])\n--\n\nA variable that several functions share.',
  tp_basicsize: 24,
  tp_flags: Py_TPFLAGS_HAVE_GC,
  tp_dealloc(self) {
    gc_del(self);
    xdecref((self as PyCellObject).v);
  },
  tp_traverse(self, visit) {
    const v = (self as PyCellObject).v;
    if (v !== null) visit(v);
  },
  tp_clear(self) {
    PyCell_Set(self, null);
  },
  tp_repr(self) {
    const v = (self as PyCellObject).v;
    const what = v === null ? 'empty' : `${v.ob_type.tp_name} object at ${address(v)}`;
    return PyUnicode_FromString(`<cell at ${address(self)}: ${what}>`);
  },
  tp_richcompare: cell_richcompare,
  tp_new(_type, args, kwargs) {
    const [contents] = PyArg_Clinic('cell', '(contents=<unrepresentable>, /)', args, kwargs);
    return PyCell_New(contents!);
  },
  getset: [
    {
      name: 'cell_contents',
      get(self) {
        const v = (self as PyCellObject).v;
        if (v === null) PyErr_SetString(PyExc_ValueError, 'Cell is empty');
        return newref(v);
      },
      set: PyCell_Set,
    },
  ],
});
