// _remote_debugging.ts: what looks at another process's Python stacks.                  CPython: Modules/_remote_debugging_module.c
//
// No host reads the memory of another process: the types are here, since asyncio.tools and `python -m asyncio` ask for
// them, and making a RemoteUnwinder says why it cannot be.
import { PyErr_SetString } from '../core/errors.ts';
import { Py_TPFLAGS_BASETYPE, type PyTypeObject } from '../core/object.ts';
import { type ModuleSpec, static_type } from '../core/spec.ts';
import { PyExc_RuntimeError } from '../objects/exceptions.ts';
import { PyModule_AddIntConstant, PyModule_AddObjectRef } from '../objects/moduleobject.ts';
import { PyStructSequence_NewType, type StructSequenceField } from '../objects/structseq.ts';
import { ready_static_types } from '../objects/typeobject.ts';

const RESULTS: readonly {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly StructSequenceField[];
}[] = [
  {
    name: 'TaskInfo',
    doc: 'A task of asyncio, as read from another process.',
    fields: [
      { name: 'task_id', doc: 'Its address.' },
      { name: 'task_name', doc: 'The name of the task.' },
      { name: 'coroutine_stack', doc: 'Frames of its coroutines.' },
      { name: 'awaited_by', doc: 'Who waits for it.' },
    ],
  },
  {
    name: 'FrameInfo',
    doc: 'A frame of another process.',
    fields: [
      { name: 'filename', doc: 'The file of its code.' },
      { name: 'lineno', doc: 'The line it is at.' },
      { name: 'funcname', doc: 'The name of its function.' },
    ],
  },
  {
    name: 'CoroInfo',
    doc: 'A coroutine of another process.',
    fields: [
      { name: 'call_stack', doc: 'Frames of its coroutines.' },
      { name: 'task_name', doc: 'The name of the task.' },
    ],
  },
  {
    name: 'ThreadInfo',
    doc: 'A thread of another process.',
    fields: [
      { name: 'thread_id', doc: 'Its number.' },
      { name: 'frame_info', doc: 'Its frames.' },
    ],
  },
  {
    name: 'AwaitedInfo',
    doc: 'Tasks of a thread of another process.',
    fields: [
      { name: 'thread_id', doc: 'Its number.' },
      { name: 'awaited_by', doc: 'The tasks that are waited for.' },
    ],
  },
];

function unwinder_new(): never {
  return PyErr_SetString(PyExc_RuntimeError, 'RemoteUnwinder: the memory of other processes cannot be read here');
}

let types: PyTypeObject[] | null = null;

function make_types(): PyTypeObject[] {
  if (types === null) {
    types = RESULTS.map(({ name, doc, fields }) =>
      PyStructSequence_NewType({ name: `_remote_debugging.${name}`, doc, fields, n_in_sequence: fields.length }),
    );
    types.push(
      static_type({
        name: '_remote_debugging.RemoteUnwinder',
        heap: 'mutable',
        tp_basicsize: 16,
        tp_flags: Py_TPFLAGS_BASETYPE,
        tp_doc: 'RemoteUnwinder(pid): reads the stacks of another process.',
        tp_new: unwinder_new,
      }),
    );
    ready_static_types();
  }
  return types;
}

export const module: ModuleSpec = {
  name: '_remote_debugging',
  exec(m) {
    for (const type of make_types()) PyModule_AddObjectRef(m, type.tp_name.slice(type.tp_name.indexOf('.') + 1), type);
    PyModule_AddIntConstant(m, 'PROCESS_VM_READV_SUPPORTED', 0);
  },
};
