// _pickle.ts: pickling and unpickling.                                                     CPython: Modules/_pickle.c
//
// The work is done in the folder pickle/: writer (output, frames, memo), save, global and reduce (how objects are written),
// input (where is read from), unpickler (stack and memo), load (what instructions do).

import { newref, type PyObject } from '../core/object.ts';
import { METH_CLINIC, type ModuleSpec } from '../core/spec.ts';
import { PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { Py_None } from '../objects/object.ts';
import { PyPickleBuffer_Type } from '../objects/picklebufobject.ts';
import { run } from './pickle/load.ts';
import { dump, pickler_type, set_buffer_callback, set_output, set_protocol } from './pickle/pickler_type.ts';
import { init_state, PickleError, PicklingError, UnpicklingError } from './pickle/state.ts';
import { Unpickler } from './pickle/unpickler.ts';
import { set_options, unpickler_type } from './pickle/unpickler_type.ts';
import { Pickler } from './pickle/writer.ts';

function pickle_dump(
  _m: PyObject,
  obj: PyObject,
  file: PyObject,
  protocol: PyObject | null,
  fix_imports: PyObject | null,
  buffer_callback: PyObject | null,
): PyObject {
  const p = new Pickler();
  try {
    set_protocol(p, protocol, fix_imports);
    set_output(p, file);
    set_buffer_callback(p, buffer_callback);
    dump(p, obj);
    p.flush();
  } finally {
    p.dispose();
  }
  return newref(Py_None);
}

function pickle_dumps(
  _m: PyObject,
  obj: PyObject,
  protocol: PyObject | null,
  fix_imports: PyObject | null,
  buffer_callback: PyObject | null,
): PyObject {
  const p = new Pickler();
  try {
    set_protocol(p, protocol, fix_imports);
    set_buffer_callback(p, buffer_callback);
    dump(p, obj);
    return p.result();
  } finally {
    p.dispose();
  }
}

type Option = PyObject | null;

function pickle_load(_m: PyObject, file: PyObject, fix: Option, enc: Option, errors: Option, bufs: Option): PyObject {
  const u = new Unpickler();
  try {
    u.input.set_file(file);
    set_options(u, 'load', [fix, enc, errors, bufs]);
    return run(u, (module, name) => u.find_class(module, name));
  } finally {
    u.clear();
  }
}

function pickle_loads(_m: PyObject, data: PyObject, fix: Option, enc: Option, errors: Option, bufs: Option): PyObject {
  const u = new Unpickler();
  try {
    set_options(u, 'loads', [fix, enc, errors, bufs]);
    u.input.set_bytes(data);
    return run(u, (module, name) => u.find_class(module, name));
  } finally {
    u.clear();
  }
}

const OPTIONS = "*, fix_imports=True, encoding='ASCII',";

export const module: ModuleSpec = {
  name: '_pickle',
  doc: 'Pickling and unpickling.',
  methods: [
    {
      name: 'dump',
      flags: METH_CLINIC,
      meth: pickle_dump,
      sig: '($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)',
    },
    {
      name: 'dumps',
      flags: METH_CLINIC,
      meth: pickle_dumps,
      sig: '($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)',
    },
    {
      name: 'load',
      flags: METH_CLINIC,
      meth: pickle_load,
      sig: `($module, /, file, ${OPTIONS}\n     errors='strict', buffers=())`,
    },
    {
      name: 'loads',
      flags: METH_CLINIC,
      meth: pickle_loads,
      sig: `($module, data, /, ${OPTIONS}\n      errors='strict', buffers=())`,
    },
  ],
  types: () => [pickler_type, unpickler_type, PickleError, PicklingError, UnpicklingError],
  exec(m) {
    init_state();
    PyModule_AddObjectRef(m, 'PickleBuffer', PyPickleBuffer_Type);
  },
};
