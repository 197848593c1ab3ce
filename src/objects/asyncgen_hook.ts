// asyncgen_hook.ts: what generators need of async generators, set at start-up.
import type { PyTypeObject } from '../core/object.ts';

export const asyncGenHooks = {
  /** The async_generator type. */
  type: null as PyTypeObject | null,
};
