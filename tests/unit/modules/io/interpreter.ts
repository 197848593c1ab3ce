// interpreter.ts: an interpreter without importlib, sys or standard streams, that runs lines of Python for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { as_raised } from '../../../../src/core/errors.ts';
import { decref, newref, type PyObject } from '../../../../src/core/object.ts';
import { METH_KEYWORDS, METH_VARARGS, type ModuleSpec } from '../../../../src/core/spec.ts';
import { current, type PyConfig, PyInterpreterState, PyThreadState } from '../../../../src/core/tstate.ts';
import { NodeHost } from '../../../../src/hosts/node.ts';
import { module as io } from '../../../../src/modules/_io.ts';
import { compile_source } from '../../../../src/modules/builtins/compile.ts';
import { module as builtins } from '../../../../src/modules/builtins.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItemString } from '../../../../src/objects/dictobject.ts';
import { MethodDef, PyCFunction_New } from '../../../../src/objects/methodobject.ts';
import { exec_module_spec, module_from_spec, PyModule_GetDict } from '../../../../src/objects/moduleobject.ts';
import { repr_string, str_string } from '../../../../src/objects/object.ts';
import { PyUnicode_AsString, PyUnicode_FromString } from '../../../../src/objects/unicodeobject.ts';
import { init_builtin_types } from '../../../../src/runtime/init_types.ts';
import { PyEval_EvalCode } from '../../../../src/vm/eval.ts';
import { init_scheduler } from '../../../../src/vm/scheduler.ts';

const specs: Record<string, ModuleSpec> = { builtins, _io: io };

function load(name: string): PyObject {
  const modules = current.tstate.interp.modules!;
  const known = PyDict_GetItemString(modules, name);
  if (known !== null) return newref(known);
  const m = module_from_spec(specs[name]!, name);
  PyDict_SetItemString(modules, name, m);
  exec_module_spec(m);
  return m;
}

/** Starts the interpreter; call once. */
export function start(): void {
  const config = {
    utf8_mode: 0,
    warn_default_encoding: 0,
    dev_mode: false,
    bytes_warning: 0,
    int_max_str_digits: 4300,
    xoptions: {},
  };
  const interp = new PyInterpreterState(new NodeHost({ asset_dir: '.' }), config as unknown as PyConfig);
  current.tstate = new PyThreadState(interp, 1);
  init_scheduler(current.tstate);
  init_builtin_types();
  interp.modules = PyDict_New();
  interp.sysdict = PyDict_New();
  const b = load('builtins');
  interp.builtins = PyModule_GetDict(b);
  const importer = PyCFunction_New(
    new MethodDef({
      name: '__import__',
      flags: METH_VARARGS | METH_KEYWORDS,
      meth: (_self: PyObject, args: PyObject<PyObject[]>) => load(PyUnicode_AsString(args.v[0]!)),
    }),
    null,
    null,
  );
  PyDict_SetItemString(interp.builtins, '__import__', importer);
  interp.import_func = importer;
}

function run(source: string, mode: 'exec' | 'eval', names: PyObject): PyObject {
  const code = compile_source(source, '<string>', mode, 0, 0);
  try {
    return PyEval_EvalCode(code, names, names);
  } finally {
    decref(code);
  }
}

/** What record.py writes down for a line. */
function answer(line: string, names: PyObject): string {
  let text: string;
  try {
    const value = run(line, 'eval', names);
    text = repr_string(value);
    decref(value);
  } catch (e) {
    const { exc } = as_raised(e);
    text = `${exc.ob_type.tp_name.replace(/^.*\./, '')}: ${str_string(exc)}`;
    decref(exc);
  }
  return text.replace(/0x[0-9a-f]+/g, '0xX');
}

/** The lines of a cases.txt with their answers, in a scratch directory of their own. See record.py for the format. */
export function answers_to(cases: string): [string, string][] {
  const scratch = mkdtempSync(join(tmpdir(), 'pyvarium-'));
  const before = process.cwd();
  process.chdir(scratch);
  const out: [string, string][] = [];
  let names = PyDict_New();
  try {
    for (const line of cases.split('\n')) {
      if (line === '') continue;
      if (line.startsWith('# ')) {
        decref(names);
        names = PyDict_New();
        PyDict_SetItemString(names, '__builtins__', PyDict_GetItemString(current.tstate.interp.modules!, 'builtins')!);
        PyDict_SetItemString(names, '__name__', PyUnicode_FromString('cases'));
      } else if (line.startsWith('! '))
        decref(run(line.slice(2).replaceAll('\\n    ', '\n    ').replaceAll('\\n  ', '\n  '), 'exec', names));
      else out.push([line, answer(line, names)]);
    }
  } finally {
    process.chdir(before);
    rmSync(scratch, { recursive: true });
  }
  return out;
}

/** A report of the answers that differ from the recorded ones, empty when none does. */
export function differences(got: [string, string][], recorded: [string, string][]): string {
  const wrong: string[] = [];
  for (let i = 0; i < Math.max(got.length, recorded.length); i++) {
    const [line, expected] = recorded[i] ?? ['', ''];
    const [, text] = got[i] ?? ['', ''];
    if (text !== expected) wrong.push(`${line}\n  expected ${expected}\n  got      ${text}`);
  }
  return wrong.length === 0 ? '' : `${wrong.length} of ${recorded.length} differ\n${wrong.slice(0, 30).join('\n')}`;
}
