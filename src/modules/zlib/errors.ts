// errors.ts: zlib.error, and what zlib's numbers of errors say.                            CPython: Modules/zlibmodule.c

import { PyErr_SetString } from '../../core/errors.ts';
import type { PyTypeObject } from '../../core/object.ts';
import { exception_spec, module_type } from '../../core/spec.ts';
import { PyExc_Exception } from '../../objects/exceptions.ts';

export const zlib_error_type: PyTypeObject = module_type(
  'zlib',
  exception_spec('zlib.error', () => PyExc_Exception),
);

const MESSAGES: Readonly<Record<number, string>> = {
  [-5]: 'incomplete or truncated stream',
  [-2]: 'inconsistent stream state',
  [-3]: 'invalid input data',
};

/** Raises for a status; the stream's own message, if it has one, says more. CPython: zlib_error */
export function zlib_error(status: number, message: string | null, what: string): never {
  const more = message ?? MESSAGES[status];
  return PyErr_SetString(zlib_error_type, `Error ${status} ${what}${more === undefined ? '' : `: ${more}`}`);
}
