// hierarchy.ts: BaseException's table and the exception types that add nothing to it.      CPython: Objects/exceptions.c
//
// One declaration a type. Types with fields or constructors of their own are in the files beside this one.

import { Py_TPFLAGS_BASE_EXC_SUBCLASS, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC } from '../../core/object.ts';
import { METH_NOARGS, METH_O, static_type } from '../../core/spec.ts';
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from '../object.ts';
import {
  args_get,
  args_set,
  BaseException___reduce__,
  BaseException___setstate__,
  BaseException_add_note,
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_new,
  BaseException_repr,
  BaseException_str,
  BaseException_traverse,
  BaseException_vectorcall,
  BaseException_with_traceback,
  cause_get,
  cause_set,
  context_get,
  context_set,
  set_traceback,
  suppress_context_get,
  suppress_context_set,
  traceback_get,
} from './base.ts';

const SIMPLE = {
  tp_basicsize: 72,
  tp_dictoffset: 16,
  tp_flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS,
  has_dict: true,
  tp_dealloc: BaseException_dealloc,
  tp_traverse: BaseException_traverse,
  tp_clear: BaseException_clear,
  tp_new: BaseException_new,
  tp_init: BaseException_init,
  tp_vectorcall: BaseException_vectorcall,
};

export const PyExc_BaseException = static_type({
  ...SIMPLE,
  name: 'BaseException',
  tp_doc: 'The root of all exceptions.',
  tp_repr: BaseException_repr,
  tp_str: BaseException_str,
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, meth: BaseException___reduce__, sig: '($self, /)' },
    { name: '__setstate__', flags: METH_O, meth: BaseException___setstate__, sig: '($self, state, /)' },
    {
      name: 'with_traceback',
      flags: METH_O,
      meth: BaseException_with_traceback,
      sig: '($self, tb, /)',
      doc: 'Sets __traceback__ and returns the exception.',
    },
    {
      name: 'add_note',
      flags: METH_O,
      meth: BaseException_add_note,
      sig: '($self, note, /)',
      doc: 'Adds a line to __notes__.',
    },
  ],
  members: [{ name: '__suppress_context__', get: suppress_context_get, set: suppress_context_set }],
  getset: [
    { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
    { name: 'args', get: args_get, set: args_set },
    { name: '__traceback__', get: traceback_get, set: set_traceback },
    { name: '__context__', get: context_get, set: context_set },
    { name: '__cause__', get: cause_get, set: cause_set },
  ],
});

export const PyExc_Exception = static_type({
  ...SIMPLE,
  name: 'Exception',
  base: () => PyExc_BaseException,
  tp_doc: 'The root of what programs usually catch.',
});
export const PyExc_GeneratorExit = static_type({
  ...SIMPLE,
  name: 'GeneratorExit',
  base: () => PyExc_BaseException,
  tp_doc: 'Thrown into a generator that is closed.',
});
export const PyExc_KeyboardInterrupt = static_type({
  ...SIMPLE,
  name: 'KeyboardInterrupt',
  base: () => PyExc_BaseException,
  tp_doc: 'The user asked to stop.',
});
export const PyExc_ArithmeticError = static_type({
  ...SIMPLE,
  name: 'ArithmeticError',
  base: () => PyExc_Exception,
  tp_doc: 'Base of errors of arithmetic.',
});
export const PyExc_AssertionError = static_type({
  ...SIMPLE,
  name: 'AssertionError',
  base: () => PyExc_Exception,
  tp_doc: 'An assert statement failed.',
});
export const PyExc_BufferError = static_type({
  ...SIMPLE,
  name: 'BufferError',
  base: () => PyExc_Exception,
  tp_doc: 'A buffer cannot be used that way.',
});
export const PyExc_EOFError = static_type({
  ...SIMPLE,
  name: 'EOFError',
  base: () => PyExc_Exception,
  tp_doc: 'Input ended too early.',
});
export const PyExc_LookupError = static_type({
  ...SIMPLE,
  name: 'LookupError',
  base: () => PyExc_Exception,
  tp_doc: 'Base of errors of lookups by key or index.',
});
export const PyExc_MemoryError = static_type({
  ...SIMPLE,
  name: 'MemoryError',
  base: () => PyExc_Exception,
  tp_doc: 'There is not enough memory.',
});
export const PyExc_ReferenceError = static_type({
  ...SIMPLE,
  name: 'ReferenceError',
  base: () => PyExc_Exception,
  tp_doc: 'The object of a weak proxy is gone.',
});
export const PyExc_RuntimeError = static_type({
  ...SIMPLE,
  name: 'RuntimeError',
  base: () => PyExc_Exception,
  tp_doc: 'An error that has no type of its own.',
});
export const PyExc_StopAsyncIteration = static_type({
  ...SIMPLE,
  name: 'StopAsyncIteration',
  base: () => PyExc_Exception,
  tp_doc: 'Ends an asynchronous iteration.',
});
export const PyExc_SystemError = static_type({
  ...SIMPLE,
  name: 'SystemError',
  base: () => PyExc_Exception,
  tp_doc: 'The interpreter found itself in an impossible state.',
});
export const PyExc_TypeError = static_type({
  ...SIMPLE,
  name: 'TypeError',
  base: () => PyExc_Exception,
  tp_doc: 'An argument has the wrong type.',
});
export const PyExc_ValueError = static_type({
  ...SIMPLE,
  name: 'ValueError',
  base: () => PyExc_Exception,
  tp_doc: 'An argument has the right type and a wrong value.',
});
export const PyExc_Warning = static_type({
  ...SIMPLE,
  name: 'Warning',
  base: () => PyExc_Exception,
  tp_doc: 'Base of the categories of warnings.',
});
export const PyExc_FloatingPointError = static_type({
  ...SIMPLE,
  name: 'FloatingPointError',
  base: () => PyExc_ArithmeticError,
  tp_doc: 'A floating point operation failed.',
});
export const PyExc_OverflowError = static_type({
  ...SIMPLE,
  name: 'OverflowError',
  base: () => PyExc_ArithmeticError,
  tp_doc: 'A result is too large.',
});
export const PyExc_ZeroDivisionError = static_type({
  ...SIMPLE,
  name: 'ZeroDivisionError',
  base: () => PyExc_ArithmeticError,
  tp_doc: 'A divisor is zero.',
});
export const PyExc_BytesWarning = static_type({
  ...SIMPLE,
  name: 'BytesWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About mixing bytes and str.',
});
export const PyExc_DeprecationWarning = static_type({
  ...SIMPLE,
  name: 'DeprecationWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About what will go away, for developers.',
});
export const PyExc_EncodingWarning = static_type({
  ...SIMPLE,
  name: 'EncodingWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About a default text encoding.',
});
export const PyExc_FutureWarning = static_type({
  ...SIMPLE,
  name: 'FutureWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About what will change, for users.',
});
export const PyExc_ImportWarning = static_type({
  ...SIMPLE,
  name: 'ImportWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About likely mistakes in imports.',
});
export const PyExc_PendingDeprecationWarning = static_type({
  ...SIMPLE,
  name: 'PendingDeprecationWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About what may be deprecated later.',
});
export const PyExc_ResourceWarning = static_type({
  ...SIMPLE,
  name: 'ResourceWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About a resource that was not released.',
});
export const PyExc_RuntimeWarning = static_type({
  ...SIMPLE,
  name: 'RuntimeWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About doubtful behaviour at run time.',
});
export const PyExc_SyntaxWarning = static_type({
  ...SIMPLE,
  name: 'SyntaxWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About doubtful syntax.',
});
export const PyExc_UnicodeWarning = static_type({
  ...SIMPLE,
  name: 'UnicodeWarning',
  base: () => PyExc_Warning,
  tp_doc: 'About Unicode.',
});
export const PyExc_UserWarning = static_type({
  ...SIMPLE,
  name: 'UserWarning',
  base: () => PyExc_Warning,
  tp_doc: 'The default category of warnings.',
});
export const PyExc_IndexError = static_type({
  ...SIMPLE,
  name: 'IndexError',
  base: () => PyExc_LookupError,
  tp_doc: 'An index is out of range.',
});
export const PyExc_NotImplementedError = static_type({
  ...SIMPLE,
  name: 'NotImplementedError',
  base: () => PyExc_RuntimeError,
  tp_doc: 'A method is left to subclasses.',
});
export const PyExc_PythonFinalizationError = static_type({
  ...SIMPLE,
  name: 'PythonFinalizationError',
  base: () => PyExc_RuntimeError,
  tp_doc: 'Not possible while the interpreter shuts down.',
});
export const PyExc_RecursionError = static_type({
  ...SIMPLE,
  name: 'RecursionError',
  base: () => PyExc_RuntimeError,
  tp_doc: 'Calls nest too deeply.',
});
export const PyExc_UnicodeError = static_type({
  ...SIMPLE,
  name: 'UnicodeError',
  base: () => PyExc_ValueError,
  tp_doc: 'Base of errors of encoding and decoding.',
});
