// code_convert.ts: code objects and constants between the compiler's plain data and Python objects.
import { type PyObject, decref } from '../core/object.ts';
import { Code, type CodeConstant, SliceConstant } from '../compiler/code.ts';
import { PyTuple_Check } from '../objects/checks.ts';
import { type CodePayload, PyCode_Check, PyCode_New } from '../objects/codeobject.ts';
import { PyFrozenSet_Check, PyFrozenSet_New, _PySet_Items } from '../objects/setobject.ts';
import { PySlice_New } from '../objects/sliceobject.ts';
import { PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { FrozenSet, PyTuple } from '../parser/constants.ts';
import { constant_to_object, object_to_constant } from './ast_convert.ts';

/** Any constant as an object; new reference. */
export function code_constant_to_object(c: CodeConstant): PyObject {
  if (c instanceof Code) return code_to_object(c);
  if (c instanceof PyTuple) return PyTuple_FromArraySteal(c.items.map(i => code_constant_to_object(i as CodeConstant)));
  if (c instanceof FrozenSet) {
    const items = PyTuple_FromArraySteal(c.items.map(i => code_constant_to_object(i as CodeConstant)));
    const set = PyFrozenSet_New(items);
    decref(items);
    return set;
  }
  if (c instanceof SliceConstant) {
    const parts = [c.start, c.stop, c.step].map(part => code_constant_to_object(part as CodeConstant));
    const slice = PySlice_New(parts[0]!, parts[1]!, parts[2]!);
    for (const p of parts) decref(p);
    return slice;
  }
  return constant_to_object(c);
}

function name_tuple(names: readonly string[]): PyObject {
  return PyTuple_FromArraySteal(names.map(n => PyUnicode_FromString(n)));
}

/** A code object of the compiler's result; new reference. */
export function code_to_object(code: Code): PyObject {
  return PyCode_New({
    argcount: code.co_argcount,
    posonlyargcount: code.co_posonlyargcount,
    kwonlyargcount: code.co_kwonlyargcount,
    stacksize: code.co_stacksize,
    flags: code.co_flags,
    code: code.co_code,
    consts: PyTuple_FromArraySteal(code.co_consts.map(code_constant_to_object)),
    names: name_tuple(code.co_names),
    localsplusnames: name_tuple(code.co_localsplusnames),
    localspluskinds: code.co_localspluskinds,
    filename: PyUnicode_FromString(code.co_filename),
    name: PyUnicode_FromString(code.co_name),
    qualname: PyUnicode_FromString(code.co_qualname),
    firstlineno: code.co_firstlineno,
    linetable: code.co_linetable,
    exceptiontable: code.co_exceptiontable,
  });
}

/** The plain data of a code object. */
export function object_to_code(o: PyObject): Code {
  const co = (o as PyObject<CodePayload>).v;
  const code = new Code();
  code.co_argcount = co.co_argcount;
  code.co_posonlyargcount = co.co_posonlyargcount;
  code.co_kwonlyargcount = co.co_kwonlyargcount;
  code.co_stacksize = co.co_stacksize;
  code.co_flags = co.co_flags;
  code.co_code = co.co_code;
  code.co_consts = co.consts.map(object_to_code_constant);
  code.co_names = co.names.map(PyUnicode_AsString);
  code.co_localsplusnames = co.varnames.map(PyUnicode_AsString);
  code.co_localspluskinds = co.co_localspluskinds;
  code.co_filename = PyUnicode_AsString(co.co_filename);
  code.co_name = PyUnicode_AsString(co.co_name);
  code.co_qualname = PyUnicode_AsString(co.co_qualname);
  code.co_firstlineno = co.co_firstlineno;
  code.co_linetable = co.co_linetable;
  code.co_exceptiontable = co.co_exceptiontable;
  return code;
}

export function object_to_code_constant(o: PyObject): CodeConstant {
  if (PyCode_Check(o)) return object_to_code(o);
  if (o.ob_type.tp_name === 'slice') {
    const s = o.v as { start: PyObject; stop: PyObject; step: PyObject };
    return new SliceConstant(object_to_code_constant(s.start), object_to_code_constant(s.stop), object_to_code_constant(s.step));
  }
  if (PyTuple_Check(o)) return new PyTuple(o.v.map(object_to_code_constant));
  if (PyFrozenSet_Check(o)) return new FrozenSet(_PySet_Items(o).map(object_to_code_constant));
  return object_to_constant(o) as CodeConstant;
}
