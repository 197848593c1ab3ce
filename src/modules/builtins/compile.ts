// compile.ts: compile(), eval() and exec().                                    CPython: Python/bltinmodule.c
import { PySys_Audit, auditHooks } from '../../objects/audit.ts';
import { PyErr_SetString } from '../../core/errors.ts';
import { type PyObject, decref, incref, newref, xnewref } from '../../core/object.ts';
import { current } from '../../core/tstate.ts';
import { compileAst } from '../../compiler/compile.ts';
import { PyMapping_Check } from '../../objects/abstract.ts';
import { PyCell_Type } from '../../objects/cellobject.ts';
import { PyBytes_Check, PyDict_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from '../../objects/checks.ts';
import { type CodePayload, PyCode_Check } from '../../objects/codeobject.ts';
import { PyDict_Contains, PyDict_GetItemString, PyDict_SetItem } from '../../objects/dictobject.ts';
import { PyModule_GetDict } from '../../objects/moduleobject.ts';
import { PyExc_SystemError, PyExc_TypeError, PyExc_ValueError } from '../../objects/exceptions.ts';
import { frame_locals_snapshot, is_incomplete } from '../../objects/frameobject.ts';
import { PyFloat_Check } from '../../objects/floatobject.ts';
import { PyLong_AsLong } from '../../objects/longobject.ts';
import { PyObject_IsTrue, Py_None } from '../../objects/object.ts';
import { PyUnicode_AsString, _Py_ID } from '../../objects/unicodeobject.ts';
import { PySyntaxError } from '../../parser/errors.ts';
import { type ParseMode, parse } from '../../parser/parser.ts';
import type { mod } from '../../parser/ast.generated.ts';
import { type After, eval_by_frame, may_enter } from '../../vm/native_calls.ts';
import { PyEval_EvalCode } from '../../vm/eval.ts';
import { PyAST_Check, PyAST_mod2obj, PyAST_obj2mod } from '../ast_convert.ts';
import { _PyAST_Validate } from '../ast_validate.ts';
import { preprocess } from '../../compiler/ast_preprocess.ts';
import { code_to_object } from '../code_convert.ts';
import { filename_of_object, parser_options, raise_front_end, source_of_object, warn_callback } from '../front_end.ts';
import type { InterpreterFrame } from '../../core/frame.ts';

export const PyCF_SOURCE_IS_UTF8 = 0x100;
export const PyCF_DONT_IMPLY_DEDENT = 0x200;
export const PyCF_ONLY_AST = 0x400;
export const PyCF_IGNORE_COOKIE = 0x800;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
export const PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000;
export const PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST;
/** CO_FUTURE_* bits, and the older CO_NESTED. */
export const PyCF_MASK = 0x20000 | 0x40000 | 0x80000 | 0x100000 | 0x200000 | 0x400000 | 0x800000 | 0x1000000;
const PyCF_MASK_OBSOLETE = 0x10;
const PyCF_COMPILE_MASK =
  PyCF_ONLY_AST | PyCF_ALLOW_TOP_LEVEL_AWAIT | PyCF_TYPE_COMMENTS | PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT | 0x8000;

/** The innermost complete Python frame, or null. */
export function current_frame(): InterpreterFrame | null {
  let f = current.tstate.frame;
  while (f !== null && is_incomplete(f)) f = f.previous;
  return f;
}

/** `__main__`'s namespace (borrowed) where code runs in it on behalf of another interpreter: natives that are called without a
 *  frame mean that. Else null. CPython: _PyEval_GetGlobalsFromRunningMain */
function visited_main(): PyObject | null {
  const { interp } = current.tstate;
  if (interp.running_main === null) return null;
  const main = PyDict_GetItemString(interp.modules!, '__main__');
  return main === null ? null : PyModule_GetDict(main);
}

/** The caller's globals (borrowed); null: there is no caller. */
export function caller_globals(): PyObject | null {
  const frame = current_frame();
  return frame === null ? visited_main() : frame.f_globals;
}

/** The caller's locals (new); null: there is no caller. */
export function caller_locals(): PyObject | null {
  const frame = current_frame();
  return frame === null ? xnewref(visited_main()) : frame_locals_snapshot(frame);
}

/** Future flags of the calling code. CPython: PyEval_MergeCompilerFlags */
function inherited_flags(): number {
  const f = current_frame();
  return f === null ? 0 : (f.co as CodePayload).co_flags & PyCF_MASK;
}

/** Source text to a code object, whose co_filename is `filename_o` if that is given; raises Python exceptions. */
export function compile_source(source: string | Uint8Array, filename: string, mode: ParseMode, flags: number, optimize: number, feature_version = -1, filename_o: PyObject | null = null, fromFile = false): PyObject {
  return compile_tree(parse_source(source, filename, mode, flags, feature_version, fromFile), filename, filename_o, flags, optimize);
}

function parse_source(source: string | Uint8Array, filename: string, mode: ParseMode, flags: number, feature_version: number, fromFile: boolean): mod {
  if (auditHooks.length > 0) PySys_Audit('compile', typeof source === 'string' ? new TextEncoder().encode(source) : source, filename);
  try {
    return parse(source, filename, mode, { ...parser_options(flags, feature_version, filename), fromFile });
  } catch (e) {
    raise_front_end(e);
  }
}

/** A program's code; yields between the stages. */
export function* compile_by_turns(source: Uint8Array, filename: string): Generator<void, PyObject> {
  const tree = parse_source(source, filename, 'exec', 0, -1, false);
  yield;
  return compile_tree(tree, filename, null, 0, -1);
}

/**
 * What is typed at a prompt, as a text or line by line (with their ends, '' at the end of input), parsed under the prompt's file
 * name; the code's own, under which its lines are remembered, is asked for once that has succeeded.
 * CPython: Python/pythonrun.c:pyrun_one_parse_ast, PyRun_InteractiveOneObjectEx
 */
export function compile_interactive(source: string | (() => string), filename: string, flags: number, code_filename: () => string): PyObject {
  let text = '';
  const readLine = typeof source === 'string' ? null : () => {
    const line = source();
    text += line;
    return line;
  };
  if (typeof source === 'string') text = source;
  let tree: mod;
  try {
    tree = parse(text, filename, 'single', { ...parser_options(flags, -1, filename), readLine });
  } catch (e) {
    raise_front_end(e);
  }
  return compile_tree(tree, code_filename(), null, flags, -1, text);
}

/** `source`: text that no file holds, whose lines errors show. */
function compile_tree(
  tree: mod,
  filename: string,
  filename_o: PyObject | null,
  flags: number,
  optimize: number,
  source: string | null = null,
): PyObject {
  try {
    const level = (optimize < 0 ? current.tstate.interp.config.optimize : optimize) as 0 | 1 | 2;
    return code_to_object(compileAst(tree, filename, { optimize: level, flags: flags & (PyCF_MASK | PyCF_ALLOW_TOP_LEVEL_AWAIT), warn: warn_callback }), filename_o);
  } catch (e) {
    if (source !== null && e instanceof PySyntaxError && e.text === null && e.lineno !== null) {
      e.text = source.split('\n')[e.lineno - 1] ?? null;
    }
    raise_front_end(e, true);
  }
}

const MODES: Record<string, ParseMode> = { exec: 'exec', eval: 'eval', single: 'single', func_type: 'func_type' };

/** compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1) */
export function builtin_compile(
  _m: PyObject,
  source: PyObject,
  filename: PyObject,
  mode: PyObject,
  flags_o: PyObject | null,
  dont_inherit: PyObject | null,
  optimize_o: PyObject | null,
  feature_version_o: PyObject | null,
): PyObject {
  const filename_o = filename_of_object(filename);
  try {
    if (!PyUnicode_Check(mode)) PyErr_SetString(PyExc_TypeError, `compile() argument 'mode' must be str, not ${mode.ob_type.tp_name}`);
    const start = PyUnicode_AsString(mode);
    let flags = flags_o === null ? 0 : PyLong_AsLong(flags_o);
    const inherit = dont_inherit === null || !PyObject_IsTrue(dont_inherit);
    const optimize = optimize_o === null ? -1 : PyLong_AsLong(optimize_o);
    const feature_version = feature_version_o === null ? -1 : PyLong_AsLong(feature_version_o);
    if ((flags & ~(PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_COMPILE_MASK)) !== 0) PyErr_SetString(PyExc_ValueError, 'compile(): unrecognised flags');
    if (optimize < -1 || optimize > 2) PyErr_SetString(PyExc_ValueError, 'compile(): invalid optimize value');
    if (inherit) flags |= inherited_flags();
    const parse_mode = MODES[start];
    const only_ast = (flags & PyCF_ONLY_AST) !== 0;
    if (parse_mode === undefined) {
      PyErr_SetString(
        PyExc_ValueError,
        only_ast ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'" : "compile() mode must be 'exec', 'eval' or 'single'",
      );
    }
    if (parse_mode === 'func_type' && !only_ast) PyErr_SetString(PyExc_ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    const file = PyUnicode_AsString(filename_o);
    if (PyAST_Check(source)) {
      PySys_Audit('compile', source, null);
      const tree = PyAST_obj2mod(source, parse_mode);
      _PyAST_Validate(tree);
      if ((flags & PyCF_OPTIMIZED_AST) === PyCF_ONLY_AST) return newref(source);
      if (only_ast) return optimized_ast(tree, file, flags, optimize);
      return compile_tree(tree, file, filename_o, flags, optimize);
    }
    const text = source_of_object(source, 'compile', 'string, bytes or AST');
    if (only_ast) {
      let tree: mod;
      try {
        tree = parse(text, file, parse_mode, {
          ...parser_options(flags, feature_version, file),
          type_comments: (flags & PyCF_TYPE_COMMENTS) !== 0,
        });
      } catch (e) {
        raise_front_end(e);
      }
      if ((flags & PyCF_OPTIMIZED_AST) === PyCF_OPTIMIZED_AST) return optimized_ast(tree, file, flags, optimize);
      return PyAST_mod2obj(tree);
    }
    return compile_source(text, file, parse_mode, flags, optimize, feature_version, filename_o);
  } finally {
    decref(filename_o);
  }
}

function optimized_ast(tree: mod, filename: string, flags: number, optimize: number): PyObject {
  try {
    const level = (optimize < 0 ? current.tstate.interp.config.optimize : optimize) as 0 | 1 | 2;
    preprocess(tree, { filename, optimize: level, features: flags, warn: warn_callback });
  } catch (e) {
    raise_front_end(e, true);
  }
  return PyAST_mod2obj(tree);
}

function given(o: PyObject | null): PyObject | null {
  return o === Py_None ? null : o;
}

/** Globals and locals of eval and exec: those given, else the caller's. Locals are owned by the caller of this. */
function namespaces(globals: PyObject | null, locals: PyObject | null, fname: string): [PyObject, PyObject] {
  globals = given(globals);
  locals = given(locals);
  if (globals !== null && !PyDict_Check(globals)) {
    if (fname === 'eval') {
      PyErr_SetString(
        PyExc_TypeError,
        PyMapping_Check(globals)
          ? 'globals must be a real dict; try eval(code, {}, mapping)'
          : 'globals must be a dict',
      );
    }
    PyErr_SetString(PyExc_TypeError, `exec() globals must be a dict, not ${globals.ob_type.tp_name}`);
  }
  if (locals !== null && !PyMapping_Check(locals)) {
    PyErr_SetString(
      PyExc_TypeError,
      fname === 'eval' ? 'locals must be a mapping' : `locals must be a mapping or None, not ${locals.ob_type.tp_name}`,
    );
  }
  let owned: PyObject;
  if (globals === null) {
    globals = caller_globals();
    if (globals === null) PyErr_SetString(PyExc_SystemError, `${fname} must be given globals and locals when called without a frame`);
    owned = locals === null ? caller_locals()! : newref(locals);
  } else owned = newref(locals ?? globals);
  if (!PyDict_Contains(globals, _Py_ID('__builtins__'))) PyDict_SetItem(globals, _Py_ID('__builtins__'), builtins_for_new_globals());
  return [globals, owned];
}

function builtins_for_new_globals(): PyObject {
  const frame = current_frame();
  return frame === null ? current.tstate.interp.builtins! : frame.f_builtins;
}

/** The text and number constants of a code object, those inside it too. Borrowed. */
function collect_constants(code: PyObject, found: Set<PyObject>): void {
  for (const c of (code.v as CodePayload).consts) collect_constant(c, found);
}

function collect_constant(c: PyObject, found: Set<PyObject>): void {
  if (PyCode_Check(c)) collect_constants(c, found);
  else if (Array.isArray(c.v)) for (const item of c.v as PyObject[]) collect_constant(item, found);
  else if (PyUnicode_Check(c) || PyLong_Check(c) || PyBytes_Check(c) || PyFloat_Check(c)) found.add(c);
}

/** Runs code that was compiled from text for this one run. CPython's parser keeps the constants of the text alive until
 *  the run is over, which sys.getrefcount shows. CPython: Python/pythonrun.c:run_mod */
export function run_compiled(code: PyObject, globals: PyObject, locals: PyObject): PyObject {
  PySys_Audit('exec', code);
  const kept = new Set<PyObject>();
  collect_constants(code, kept);
  for (const c of kept) incref(c);
  try {
    return PyEval_EvalCode(code, globals, locals);
  } finally {
    for (const c of kept) decref(c);
  }
}

/** What is left to do when code has been run in a frame of the calling loop. */
function after_run(keep_value: boolean, locals: PyObject, kept: Set<PyObject> | null): After {
  newref(locals);
  return (value, error) => {
    decref(locals);
    if (kept !== null) for (const c of kept) decref(c);
    if (value === null) throw error;
    if (keep_value) return value;
    decref(value);
    return newref(Py_None);
  };
}

/** Runs code for eval() or exec(): in a frame of the calling loop where that can be, so that it can block. */
function run_for(native: unknown, keep_value: boolean, code: PyObject, globals: PyObject, locals: PyObject, closure: PyObject | null, compiled: boolean): PyObject {
  if (may_enter(native)) {
    PySys_Audit('exec', code);
    let kept: Set<PyObject> | null = null;
    if (compiled) {
      kept = new Set();
      collect_constants(code, kept);
      for (const c of kept) incref(c);
    }
    const entered = eval_by_frame(native, code, globals, locals, closure, after_run(keep_value, locals, kept));
    if (entered !== null) return entered;
  }
  let value: PyObject;
  if (compiled) value = run_compiled(code, globals, locals);
  else {
    PySys_Audit('exec', code);
    value = PyEval_EvalCode(code, globals, locals, closure);
  }
  if (keep_value) return value;
  decref(value);
  return newref(Py_None);
}

/** eval(source, /, globals=None, locals=None) */
export function builtin_eval(_m: PyObject, source: PyObject, globals_o: PyObject | null, locals_o: PyObject | null): PyObject {
  const [globals, locals] = namespaces(globals_o, locals_o, 'eval');
  try {
    if (PyCode_Check(source)) {
      if (source.v.nfreevars > 0) PyErr_SetString(PyExc_TypeError, 'code object passed to eval() may not contain free variables');
      return run_for(builtin_eval, true, source, globals, locals, null, false);
    }
    let text = source_of_object(source, 'eval', 'string, bytes or code');
    text = strip_leading_blanks(text);
    const code = compile_source(text, '<string>', 'eval', inherited_flags(), -1);
    try {
      return run_for(builtin_eval, true, code, globals, locals, null, true);
    } finally {
      decref(code);
    }
  } finally {
    decref(locals);
  }
}

function strip_leading_blanks(text: string | Uint8Array): string | Uint8Array {
  let i = 0;
  if (typeof text === 'string') {
    while (text[i] === ' ' || text[i] === '\t') i++;
    return text.slice(i);
  }
  while (text[i] === 32 || text[i] === 9) i++;
  return text.subarray(i);
}

/** exec(source, /, globals=None, locals=None, *, closure=None) */
export function builtin_exec(_m: PyObject, source: PyObject, globals_o: PyObject | null, locals_o: PyObject | null, closure: PyObject | null): PyObject {
  const [globals, locals] = namespaces(globals_o, locals_o, 'exec');
  try {
    closure = given(closure);
    if (PyCode_Check(source)) {
      const nfree = source.v.nfreevars;
      if (nfree === 0) {
        if (closure !== null) PyErr_SetString(PyExc_TypeError, 'cannot use a closure with this code object');
      } else {
        const ok = closure !== null && PyTuple_Check(closure) && closure.v.length === nfree && closure.v.every(c => c.ob_type === PyCell_Type);
        if (!ok) PyErr_SetString(PyExc_TypeError, `code object requires a closure of exactly length ${nfree}`);
      }
      return run_for(builtin_exec, false, source, globals, locals, closure, false);
    }
    if (closure !== null) PyErr_SetString(PyExc_TypeError, 'closure can only be used when source is a code object');
    const text = source_of_object(source, 'exec', 'string, bytes or code');
    const code = compile_source(text, '<string>', 'exec', inherited_flags(), -1);
    try {
      return run_for(builtin_exec, false, code, globals, locals, null, true);
    } finally {
      decref(code);
    }
  } finally {
    decref(locals);
  }
}
