// _asyncio.ts: futures, tasks, and who runs them.                                      CPython: Modules/_asynciomodule.c
//
// The types are in _asyncio/future.ts and task.ts, loops and the sets of tasks in running.ts.

import type { PyObject } from '../core/object.ts';
import { METH_CLINIC, METH_NOARGS, METH_O, type ModuleSpec } from '../core/spec.ts';
import { awaited_by_add, awaited_by_discard, future_type } from './_asyncio/future.ts';
import {
  all_tasks,
  current_task,
  enter_task,
  get_event_loop,
  get_running_loop,
  get_running_loop_or_none,
  leave_task,
  own_tasks,
  register_eager_task,
  register_task,
  set_running_loop,
  swap_current_task,
  unregister_eager_task,
  unregister_task,
} from './_asyncio/running.ts';
import { init_task_steps, pending_in, task_type } from './_asyncio/task.ts';
import { none } from './args.ts';

/** A native without a result. */
function done(act: (a: PyObject, b: PyObject) => void) {
  return (_m: PyObject, a: PyObject, b: PyObject): PyObject => {
    act(a, b);
    return none();
  };
}

export const module: ModuleSpec = {
  name: '_asyncio',
  doc: 'Accelerator module for asyncio',
  types: () => [future_type, task_type],
  methods: [
    {
      name: 'get_event_loop',
      flags: METH_NOARGS,
      meth: get_event_loop,
      sig: '($module, /)',
      doc: "The running loop, or the policy's.",
    },
    {
      name: 'get_running_loop',
      flags: METH_NOARGS,
      meth: get_running_loop,
      sig: '($module, /)',
      doc: "The thread's running loop; RuntimeError if there is none.",
    },
    {
      name: '_get_running_loop',
      flags: METH_NOARGS,
      meth: get_running_loop_or_none,
      sig: '($module, /)',
      doc: "The thread's running loop, or None.",
    },
    {
      name: '_set_running_loop',
      flags: METH_O,
      meth: set_running_loop,
      sig: '($module, loop, /)',
      doc: "Sets the thread's running loop.",
    },
    { name: '_register_task', flags: METH_CLINIC, meth: register_task, sig: '($module, /, task)' },
    { name: '_unregister_task', flags: METH_CLINIC, meth: unregister_task, sig: '($module, /, task)' },
    { name: '_register_eager_task', flags: METH_CLINIC, meth: register_eager_task, sig: '($module, /, task)' },
    { name: '_unregister_eager_task', flags: METH_CLINIC, meth: unregister_eager_task, sig: '($module, /, task)' },
    { name: '_enter_task', flags: METH_CLINIC, meth: done(enter_task), sig: '($module, /, loop, task)' },
    { name: '_leave_task', flags: METH_CLINIC, meth: done(leave_task), sig: '($module, /, loop, task)' },
    {
      name: '_swap_current_task',
      flags: METH_CLINIC,
      meth: (_m: PyObject, loop: PyObject, task: PyObject) => swap_current_task(loop, task),
      sig: '($module, /, loop, task)',
    },
    {
      name: 'current_task',
      flags: METH_CLINIC,
      meth: (_m: PyObject, loop: PyObject | null) => current_task(loop),
      sig: '($module, /, loop=None)',
      doc: 'The task that is on, or None.',
    },
    {
      name: 'all_tasks',
      flags: METH_CLINIC,
      meth: all_tasks,
      sig: '($module, /, loop=None)',
      doc: 'The tasks of a loop that are not done.',
    },
    {
      name: 'future_add_to_awaited_by',
      flags: METH_CLINIC,
      meth: done(awaited_by_add),
      sig: '($module, fut, waiter, /)',
    },
    {
      name: 'future_discard_from_awaited_by',
      flags: METH_CLINIC,
      meth: done(awaited_by_discard),
      sig: '($module, fut, waiter, /)',
    },
  ],
  exec: () => {
    own_tasks.type = task_type;
    own_tasks.pending_in = pending_in;
    init_task_steps();
  },
};
