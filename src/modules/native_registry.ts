// native_registry.ts: how _imp finds native modules without importing them all (they import it); set at start-up.
import type { PyObject } from '../core/object.ts';
import type { ModuleSpec } from '../core/spec.ts';

export const nativeModules = {
  find: null as ((name: string) => ModuleSpec | null) | null,
  /** Names of all of them. */
  names: null as (() => string[]) | null,
  /** Readies types that were declared since the last call. */
  ready: null as (() => void) | null,
  /** Imports a frozen module by running its code; new reference. */
  import_frozen: null as ((name: string) => PyObject) | null,
};
