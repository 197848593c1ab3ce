// asyncgen_hook.ts: what generators need of async generators and of the warnings machinery, set at start-up.
import type { PyObject, PyTypeObject } from '../core/object.ts';

export const asyncGenHooks = {
  /** The async_generator type. */
  type: null as PyTypeObject | null,
  /** Warns through the warnings module with the coroutine's origin; false if that module is not loaded. */
  warn_unawaited: null as ((coro: PyObject) => boolean) | null,
};
