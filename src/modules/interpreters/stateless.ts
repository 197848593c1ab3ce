// stateless.ts: which functions and code objects mean the same in every interpreter.   CPython: Objects/funcobject.c, codeobject.c
import { PyErr_SetString } from '../../core/errors.ts';
import type { PyObject } from '../../core/object.ts';
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodePayload,
} from '../../objects/codeobject.ts';
import { PyDict_Contains } from '../../objects/dictobject.ts';
import { PyExc_ValueError } from '../../objects/exceptions.ts';
import type { FunctionPayload } from '../../objects/funcobject.ts';
import { Py_None } from '../../objects/object.ts';
import { EXTENDED_ARG, LOAD_CONST, LOAD_GLOBAL, OPCODE_CACHES, RETURN_VALUE } from '../../opcode/opcodes.generated.ts';

function refuse(message: string): never {
  PyErr_SetString(PyExc_ValueError, message);
}

/** The instructions as they were compiled: opcode and whole argument. */
function* instructions(co: CodePayload): Generator<[opcode: number, oparg: number]> {
  const { co_code } = co;
  let extended = 0;
  for (let i = 0; i < co_code.length; ) {
    const opcode = co_code[i]!;
    const oparg = (extended << 8) | co_code[i + 1]!;
    extended = opcode === EXTENDED_ARG ? oparg : 0;
    yield [opcode, oparg];
    i += 2 * (1 + OPCODE_CACHES[opcode]!);
  }
}

/** The names of globals and builtins that it reads (borrowed). */
function global_names(co: CodePayload): Set<PyObject> {
  const names = new Set<PyObject>();
  for (const [opcode, oparg] of instructions(co)) if (opcode === LOAD_GLOBAL) names.add(co.names[oparg >> 1]!);
  return names;
}

/** Raises unless a function needs nothing but builtins. CPython: _PyFunction_VerifyStateless */
export function verify_function(f: FunctionPayload): void {
  if (f.defaults !== null) refuse('defaults not supported');
  if (f.kwdefaults !== null) refuse('keyword defaults not supported');
  if (f.closure !== null) refuse('closures not supported');
  const co = f.code.v as CodePayload;
  if (co.nfreevars > 0) refuse('closures not supported');
  for (const name of global_names(co)) {
    if (PyDict_Contains(f.globals, name) || !PyDict_Contains(f.builtins, name)) refuse('globals not supported');
  }
}

/** Raises unless code can be run as a script is; its globals are those of the other interpreter. CPython: verify_script */
export function verify_script(co: CodePayload): void {
  if (co.nfreevars > 0) refuse('closures not supported');
  const args = co.co_argcount + co.co_posonlyargcount + co.co_kwonlyargcount;
  if (args > 0 || (co.co_flags & (CO_VARARGS | CO_VARKEYWORDS)) !== 0) refuse('code with args not supported');
  if (!returns_only_none(co)) refuse('code that returns a value is not a script');
}

/** CPython: _PyCode_ReturnsOnlyNone */
function returns_only_none(co: CodePayload): boolean {
  if ((co.co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0) return false;
  let value: PyObject | null = null;
  for (const [opcode, oparg] of instructions(co)) {
    if (opcode === RETURN_VALUE && value !== Py_None) return false;
    value = opcode === LOAD_CONST ? co.consts[oparg]! : null;
  }
  return true;
}
