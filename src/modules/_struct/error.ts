// error.ts: struct.error.                                                             CPython: Modules/_struct.c

import { exception_spec, static_type } from '../../core/spec.ts';
import { PyExc_Exception } from '../../objects/exceptions.ts';

export const struct_error = static_type(exception_spec('struct.error', () => PyExc_Exception));
