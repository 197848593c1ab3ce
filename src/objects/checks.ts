// checks.ts: fast type tests by the flags of the type.                     CPython: the Py*_Check macros of Include/
import { type PyObject, type PyTypeObject, Py_TPFLAGS_BASE_EXC_SUBCLASS, Py_TPFLAGS_BYTES_SUBCLASS, Py_TPFLAGS_DICT_SUBCLASS, Py_TPFLAGS_LIST_SUBCLASS, Py_TPFLAGS_LONG_SUBCLASS, Py_TPFLAGS_TUPLE_SUBCLASS, Py_TPFLAGS_TYPE_SUBCLASS, Py_TPFLAGS_UNICODE_SUBCLASS } from '../core/object.ts';

export type PyTupleObject = PyObject<PyObject[]>;
export type PyListObject = PyObject<PyObject[], number>;

export function PyLong_Check(o: PyObject): boolean {
  return (o.ob_type.tp_flags & Py_TPFLAGS_LONG_SUBCLASS) !== 0;
}
export function PyUnicode_Check(o: PyObject): boolean {
  return (o.ob_type.tp_flags & Py_TPFLAGS_UNICODE_SUBCLASS) !== 0;
}
export function PyBytes_Check(o: PyObject): boolean {
  return (o.ob_type.tp_flags & Py_TPFLAGS_BYTES_SUBCLASS) !== 0;
}
export function PyList_Check(o: PyObject): o is PyListObject {
  return (o.ob_type.tp_flags & Py_TPFLAGS_LIST_SUBCLASS) !== 0;
}
export function PyTuple_Check(o: PyObject): o is PyTupleObject {
  return (o.ob_type.tp_flags & Py_TPFLAGS_TUPLE_SUBCLASS) !== 0;
}
export function PyDict_Check(o: PyObject): boolean {
  return (o.ob_type.tp_flags & Py_TPFLAGS_DICT_SUBCLASS) !== 0;
}
export function PyType_Check(o: PyObject): o is PyTypeObject {
  return (o.ob_type.tp_flags & Py_TPFLAGS_TYPE_SUBCLASS) !== 0;
}
export function PyExceptionInstance_Check(o: PyObject): boolean {
  return (o.ob_type.tp_flags & Py_TPFLAGS_BASE_EXC_SUBCLASS) !== 0;
}
export function PyExceptionClass_Check(o: PyObject): o is PyTypeObject {
  return PyType_Check(o) && (o.tp_flags & Py_TPFLAGS_BASE_EXC_SUBCLASS) !== 0;
}
