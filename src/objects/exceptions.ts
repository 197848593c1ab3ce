// exceptions.ts: the built-in exceptions, in one place to import from.                CPython: Objects/exceptions.c
//
// An exception is a PyObject whose payload is ExcData (exceptions/base.ts). The files of the folder hold one family
// each; create.ts turns a raise in native code into an instance.
// Enter through: PyExc_*, PyException_*, set_*_error, raise_errno, init_exceptions.

export {
  add_exception_note,
  add_exception_note as _PyException_AddNote,
  ExcData,
  exc_data,
  exc_field,
  no_keywords,
  PyException_GetArgs,
  PyException_GetCause,
  PyException_GetContext,
  PyException_GetTraceback,
  PyException_SetArgs,
  PyException_SetCause,
  PyException_SetContext,
  PyException_SetTraceback,
  type PyExceptionObject,
  set_exc_field,
} from './exceptions/base.ts';
export {
  chain_exceptions,
  create_exception,
  handled_exception,
  init_exceptions,
  PyErr_GivenExceptionMatches,
  raise_from_cause,
  set_exception_context,
} from './exceptions/create.ts';
export {
  _PyErr_SetKeyError,
  _PyGen_SetStopIterationValue,
  PyExc_AttributeError,
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_ModuleNotFoundError,
  PyExc_NameError,
  PyExc_StopIteration,
  PyExc_SystemExit,
  PyExc_UnboundLocalError,
  StopIteration_value,
  SystemExit_code,
  attribute_error,
  set_attribute_error,
  set_attribute_error_context,
  set_import_error,
  set_name_error,
} from './exceptions/fields.ts';
export {
  _PyBaseExceptionGroup_Check,
  _PyExc_CreateExceptionGroup,
  _PyExc_PrepReraiseStar,
  exception_group_match,
  group_exceptions,
  PyExc_BaseExceptionGroup,
  PyExc_ExceptionGroup,
} from './exceptions/groups.ts';
export * from './exceptions/hierarchy.ts';
export {
  new_os_error,
  OSError_errno,
  OSError_set_filename,
  PyExc_BlockingIOError,
  PyExc_BrokenPipeError,
  PyExc_ChildProcessError,
  PyExc_ConnectionAbortedError,
  PyExc_ConnectionError,
  PyExc_ConnectionRefusedError,
  PyExc_ConnectionResetError,
  PyExc_FileExistsError,
  PyExc_FileNotFoundError,
  PyExc_InterruptedError,
  PyExc_IsADirectoryError,
  PyExc_NotADirectoryError,
  PyExc_OSError,
  PyExc_PermissionError,
  PyExc_ProcessLookupError,
  PyExc_TimeoutError,
  raise_errno,
  set_errno_error,
} from './exceptions/oserror.ts';
export {
  new_syntax_error,
  PyExc_IncompleteInputError,
  PyExc_IndentationError,
  PyExc_SyntaxError,
  PyExc_TabError,
  raise_syntax_error,
  type SyntaxErrorInfo,
} from './exceptions/syntaxerror.ts';
export {
  _PyUnicodeError_GetParams,
  new_unicode_decode_error,
  new_unicode_encode_error,
  new_unicode_translate_error,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  PyUnicodeError_GetEncoding,
  raise_unicode_decode_error,
  raise_unicode_encode_error,
  update_unicode_error,
} from './exceptions/unicodeerror.ts';
