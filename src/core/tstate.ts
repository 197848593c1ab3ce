// tstate.ts: thread and interpreter state.                                CPython: Include/cpython/pystate.h, Python/pystate.c
//
// Invariant: `current.tstate` is the thread that holds the GIL; code that may switch threads re-reads it.

import type { InterpreterFrame } from './frame.ts';
import type { Host } from './host.ts';
import type { PyObject } from './object.ts';
import { load_state, type SavedState, save_state } from './per_interpreter.ts';

/** The exception being handled, per generator and per thread; a stack through `previous`. CPython: _PyErr_StackItem */
export class ErrStackItem {
  /** Owned exception, or null. */
  exc_value: PyObject | null = null;
  previous: ErrStackItem | null = null;
}

/** Bits of `eval_breaker`. */
export const EVAL_GIL_DROP_REQUEST = 1;
export const EVAL_SIGNALS_PENDING = 2;
export const EVAL_CALLS_TO_DO = 4;
export const EVAL_ASYNC_EXCEPTION = 8;
export const EVAL_GC_SCHEDULED = 16;
export const EVAL_BUDGET = 32;
/** Set as long as somebody observes: plain eval loops hand over. */
export const EVAL_SWITCH = 64;
/** The native that the loop has just called blocks: the loop is to be left (vm/waiting.ts). */
export const EVAL_BLOCKED = 128;
/** The program has run long enough to be worth compiling: the eval loop is to be warmed up (runtime/warm_up.ts). */
export const EVAL_WARM_UP = 256;

const next_id = { thread: 1 };

export class PyThreadState {
  /** Innermost Python frame. */
  frame: InterpreterFrame | null = null;
  exc_state = new ErrStackItem();
  exc_info: ErrStackItem = this.exc_state;
  /** Non-zero when something wants attention at the next RESUME or backward jump. */
  eval_breaker = 0;
  /** Jumps back until the running frame's locals are renewed, see renew_locals. */
  jumps_left = 64;
  /** Frames left until one is not kept for the next call. */
  frames_left = 64;
  /** Python frames on the stack; compared with the recursion limit. */
  recursion_depth = 0;
  /** Copy of the interpreter's recursion limit. */
  recursion_limit = 1000;
  /** Whether this thread runs in the observed eval loop; a loop of the other kind hands over. */
  switch_loop = false;
  /** The instruction before the one that the observed loop, which was left, goes on with; or -1. */
  prev_instr = -1;
  /** Whether the innermost eval loop is the observed one. */
  in_observed = false;
  /** Eval loops and other JS recursion in progress. */
  native_depth = 0;
  /** Imports in progress: while there are, switches inside native calls are avoided. */
  importing = 0;
  /** Objects whose repr() is under way. CPython: Py_ReprEnter */
  repr_running: PyObject[] = [];
  /** sys.settrace and sys.setprofile functions (owned), or null. */
  c_traceobj: PyObject | null = null;
  c_profileobj: PyObject | null = null;
  /** Above zero while an observer's callback runs: nothing is told then. */
  tracing = 0;
  /** The monitoring event whose callback runs, else -1. */
  what_event = -1;
  /** Unlike `thread_id` no other's: a thread that enters another interpreter has a state for it, with the same ident. */
  readonly id = next_id.thread++;
  /** `threading` data: ident, dict of the thread (owned), context (PEP 567, owned). */
  thread_id: number;
  dict: PyObject | null = null;
  context: PyObject | null = null;
  context_ver = 0;
  /** Exception class (owned) that another thread wants raised here. */
  async_exc: PyObject | null = null;
  async_gen_firstiter: PyObject | null = null;
  async_gen_finalizer: PyObject | null = null;
  coroutine_origin_tracking_depth = 0;
  /** The event loop that runs in the thread and the task that is on (owned), or null. */
  asyncio_loop: PyObject | null = null;
  asyncio_task: PyObject | null = null;
  interp: PyInterpreterState;
  constructor(interp: PyInterpreterState, thread_id: number) {
    this.interp = interp;
    this.thread_id = thread_id;
  }
}

/** Where an interpreter comes from. CPython: _PyInterpreterState_WHENCE_* */
export const WHENCES = ['UNKNOWN', 'RUNTIME', 'LEGACY_CAPI', 'CAPI', 'XI', 'STDLIB'] as const;
export const WHENCE_RUNTIME = 1;
export const WHENCE_STDLIB = 5;

/** What code of an interpreter may do. CPython: PyInterpreterConfig */
export interface InterpreterConfig {
  use_main_obmalloc: boolean;
  allow_fork: boolean;
  allow_exec: boolean;
  allow_threads: boolean;
  allow_daemon_threads: boolean;
  check_multi_interp_extensions: boolean;
  gil: 'default' | 'shared' | 'own';
}

export const MAIN_CONFIG: InterpreterConfig = {
  use_main_obmalloc: true,
  allow_fork: true,
  allow_exec: true,
  allow_threads: true,
  allow_daemon_threads: true,
  check_multi_interp_extensions: false,
  gil: 'own',
};

/** What threads that take turns have in common: those of an interpreter, or of all that share the main one's GIL. */
export interface Gil {
  /** sys.setswitchinterval, in nanoseconds. */
  interval_ns: number;
}

export class PyInterpreterState {
  readonly id: number;
  whence = WHENCE_RUNTIME;
  features = MAIN_CONFIG;
  gil: Gil = { interval_ns: 5e6 };
  /** Start-up is over. */
  ready = false;
  /** References counted by those who hold its number; whether the last one given up ends it. */
  id_refcount = 0;
  requires_id_ref = false;
  /** The thread that runs code in `__main__` on behalf of another interpreter, or null. */
  running_main: PyThreadState | null = null;
  /** Module state while another interpreter runs. */
  saved: SavedState | null = null;
  /** The thread that ends the interpreter: the only one of it that still runs. */
  finalizer: PyThreadState | null = null;
  /** Owned: what is kept for the interpreter under a name, see modules/interpreters/main_copy.ts. */
  main_copy: PyObject | null = null;
  /** Owned: sys.modules, builtins and sys module dicts; null before start-up has made them. */
  modules: PyObject | null = null;
  builtins: PyObject | null = null;
  /** Owned: builtins as they were made. */
  builtins_copy: PyObject | null = null;
  sysdict: PyObject | null = null;
  importlib: PyObject | null = null;
  import_func: PyObject | null = null;
  recursion_limit = 1000;
  int_max_str_digits = 4300;
  finalizing = false;
  /** What start-up put in front of sys.path ('': the current folder), or null. */
  sys_path_0: string | null = null;
  /** Command-line flags, as sys.flags shows them. */
  config: PyConfig;
  host: Host;
  constructor(host: Host, config: PyConfig, id = 0) {
    this.id = id;
    this.host = host;
    this.config = config;
  }
}

/** Start-up configuration. CPython: Include/cpython/initconfig.h (the fields that mean something here) */
export interface PyConfig {
  argv: string[];
  orig_argv: string[];
  executable: string;
  /** `sys._base_executable`. */
  base_executable: string;
  prefix: string;
  /** The virtual environment that is `sys.prefix`, or null: there is none. */
  venv: string | null;
  stdlib_dir: string | null;
  /** PYTHONHOME, or null. */
  home: string | null;
  /** Folders of PYTHONPATH. */
  pythonpath: string[];
  /** PYTHONIOENCODING, or null for the defaults. */
  stdio_encoding: string | null;
  stdio_errors: string | null;
  warnoptions: string[];
  xoptions: Record<string, string | true>;
  debug: number;
  inspect: number;
  interactive: number;
  optimize: 0 | 1 | 2;
  dont_write_bytecode: number;
  no_user_site: number;
  no_site: number;
  ignore_environment: number;
  verbose: number;
  bytes_warning: number;
  quiet: number;
  hash_randomization: number;
  isolated: number;
  dev_mode: boolean;
  utf8_mode: number;
  warn_default_encoding: number;
  safe_path: boolean;
  int_max_str_digits: number;
  buffered_stdio: boolean;
  pycache_prefix: string | null;
  /** -X cpu_count or PYTHON_CPU_COUNT; -1: the host's. */
  cpu_count: number;
  /** Frames that tracemalloc keeps from the start; 0 or absent: it does not trace. */
  tracemalloc?: number;
  /** A collection begins after every so many allocations; 0 or absent: as the thresholds say. */
  gc_stress?: number;
  /** Bytes that objects may take before MemoryError; Infinity: no limit; absent: as the host says. */
  memory_limit?: number | undefined;
  /** -X importtime: 1 imports show the time they took, 2 those of modules that are there already are shown, too. */
  import_time?: number;
  /** PYTHONMALLOCSTATS: what the allocator has given is written at the end. */
  malloc_stats?: boolean;
  /** faulthandler is on from the start. */
  faulthandler?: boolean;
  /** Whether modules of start-up that are frozen are taken from there. */
  use_frozen_modules?: boolean;
  /** Code objects keep columns. */
  code_debug_ranges: boolean;
}

/** The running thread. */
export const current: { tstate: PyThreadState } = { tstate: null as unknown as PyThreadState };

/** All interpreters, the main one first. */
export const interpreters: PyInterpreterState[] = [];

export function is_main_interpreter(): boolean {
  return current.tstate.interp === interpreters[0];
}

/** Makes a thread the running one, with the module state of its interpreter. */
export function set_current(tstate: PyThreadState): void {
  const from = current.tstate.interp;
  current.tstate = tstate;
  if (tstate.interp === from) return;
  from.saved = save_state();
  const { saved } = tstate.interp;
  tstate.interp.saved = null;
  load_state(saved);
}

/** What objects call in the VM (PEP 523's eval_frame and its kin); the VM sets them at start-up. */
export const interpHooks = {
  /** Runs a frame (steals it) to its end; returns the value, throws Raised. */
  eval_frame: null as ((tstate: PyThreadState, frame: InterpreterFrame) => PyObject) | null,
  /** Resumes a generator's frame with a value (stolen): returns what it yields or returns; `gen_returned` tells which. */
  gen_resume: null as ((gen: PyObject, value: PyObject | null, exc: PyObject | null) => PyObject) | null,
};
