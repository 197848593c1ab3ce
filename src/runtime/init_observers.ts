// init_observers.ts: gives sys its tracing functions and sys.monitoring.                          CPython: Python/sysmodule.c
import type { PyObject } from '../core/object.ts';
import { current, type PyThreadState } from '../core/tstate.ts';
import { module as monitoring_spec } from '../modules/_monitoring.ts';
import { sysHooks } from '../modules/sys.ts';
import { exec_module_spec, module_from_spec } from '../objects/moduleobject.ts';
import { all_threads } from '../vm/scheduler.ts';
import { init_tracing, set_profile, set_trace } from '../vm/tracing.ts';

function for_all(set: (tstate: PyThreadState, func: PyObject | null) => void) {
  return (func: PyObject | null): void => {
    for (const { tstate } of all_threads()) set(tstate, func);
  };
}

/** Connects observation of the eval loop with sys. Called at start-up. */
export function init_observers(): void {
  init_tracing();
  sysHooks.settrace = func => set_trace(current.tstate, func);
  sysHooks.setprofile = func => set_profile(current.tstate, func);
  sysHooks.settrace_all = for_all(set_trace);
  sysHooks.setprofile_all = for_all(set_profile);
  sysHooks.monitoring = () => {
    const module = module_from_spec(monitoring_spec, 'sys.monitoring');
    exec_module_spec(module);
    return module;
  };
}
