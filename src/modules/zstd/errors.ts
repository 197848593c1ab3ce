// errors.ts: _zstd.ZstdError, and how failures are told.                                CPython: Modules/_zstd/_zstdmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyTypeObject } from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyExc_Exception } from '../../objects/exceptions.ts';
import { ZstdFailure } from './format.ts';

export const zstd_error_type: PyTypeObject = module_type('_zstd', {
  ...exception_spec('compression.zstd.ZstdError', () => PyExc_Exception),
  tp_doc: 'Compressed data or a dictionary is wrong.',
});

export function zstd_error(message: string): never {
  return PyErr_SetString(zstd_error_type, message);
}

/** Raises for what an encoder or decoder threw: "Unable to TASK: ...". CPython: set_zstd_error */
export function raise_failure(task: string, error: unknown): never {
  if (error instanceof ZstdFailure) zstd_error(`Unable to ${task}: ${error.message}`);
  throw error;
}

export function guarded<T>(task: string, work: () => T): T {
  try {
    return work();
  } catch (e) {
    return raise_failure(task, e);
  }
}
