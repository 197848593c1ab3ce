// error.ts: struct.error.                                                             CPython: Modules/_struct.c

import { Py_TPFLAGS_BASE_EXC_SUBCLASS, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC } from '../../core/object.ts';
import { static_type } from '../../core/spec.ts';
import { PyExc_Exception } from '../../objects/exceptions.ts';

export const struct_error = static_type({
  name: 'struct.error',
  base: () => PyExc_Exception,
  tp_basicsize: 72,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_HAVE_GC,
  has_dict: true,
});
