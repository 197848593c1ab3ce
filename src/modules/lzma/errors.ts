// errors.ts: _lzma.LZMAError.                                                                CPython: Modules/_lzmamodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyTypeObject } from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyExc_Exception } from '../../objects/exceptions.ts';
import { LzmaFailure } from './format.ts';

export const lzma_error_type: PyTypeObject = module_type('_lzma', {
  ...exception_spec('_lzma.LZMAError', () => PyExc_Exception),
  tp_doc: 'Call to liblzma failed.',
});

export function lzma_error(message: string): never {
  return PyErr_SetString(lzma_error_type, message);
}

/** Raises for what an encoder or decoder threw. CPython: catch_lzma_error */
export function raise_failure(error: unknown): never {
  if (error instanceof LzmaFailure) lzma_error(error.what);
  throw error;
}

export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (e) {
    return raise_failure(e);
  }
}
