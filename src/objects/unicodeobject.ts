// unicodeobject.ts: the public face of str.                                              CPython: Objects/unicodeobject.c
//
// A str's payload is a text (unicodeobject/data.ts), `x` its hash once computed. The work is done in the folder:
// data and object (representation, sharing, interning), find, split, case, predicates, pad, repr, percent, format,
// coding and codecs/ (bytes and back), iterator, and type, which declares the type.

export {
  adjust_end,
  adjust_start,
  arg_bool,
  arg_int,
  arg_slice_index,
  arg_ssize,
  arg_str,
  arg_str_or_none,
  c_string,
  arg_text,
  bad_argument,
} from './unicodeobject/args.ts';
export { text_casefold, text_lower, text_upper, unicode_lower, unicode_upper } from './unicodeobject/case.ts';
export { decode_ascii, decode_latin1, encode_ucs1 } from './unicodeobject/codecs/latin1.ts';
export { decode_utf8, decode_utf8_stateful, encode_utf8, utf8_from_js } from './unicodeobject/codecs/utf8.ts';
export {
  decode_fs,
  fs_codec,
  normalize_encoding,
  PyUnicode_AsEncodedString,
  PyUnicode_AsUTF8,
  PyUnicode_AsUTF8String,
  PyUnicode_Decode,
  PyUnicode_DecodeFSDefault,
  PyUnicode_DecodeUTF8,
  PyUnicode_EncodeFSDefault,
  PyUnicode_FromEncodedObject,
} from './unicodeobject/coding.ts';
export {
  type Text,
  TextWriter,
  text_at,
  text_compare,
  text_concat,
  text_eq,
  text_find,
  text_from_js,
  text_from_points,
  text_join,
  text_maxchar,
  text_points,
  text_slice,
  text_to_js,
} from './unicodeobject/data.ts';
export { PyUnicode_Contains, PyUnicode_Replace } from './unicodeobject/find.ts';
export { PyUnicodeASCIIIter_Type, PyUnicodeIter_Type } from './unicodeobject/iterator.ts';
export {
  _Py_ID,
  empty_str,
  intern_borrowed,
  interned_counts,
  interned_form,
  is_str,
  latin1_char,
  PyUnicode_AsString,
  PyUnicode_CHECK_INTERNED,
  PyUnicode_Concat,
  PyUnicode_FromCodePoints,
  PyUnicode_FromObject,
  PyUnicode_FromOrdinal,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
  PyUnicode_GetLength,
  PyUnicode_InternFromString,
  PyUnicode_InternImmortal,
  PyUnicode_InternInPlace,
  PyUnicode_READ_CHAR,
  PyUnicode_Substring,
  type PyUnicodeObject,
  str_text,
  unicode_eq,
  unicode_equals_js,
  unicode_from_bmp,
  unicode_from_char,
  unicode_from_text,
  unicode_hash,
  unicode_unchanged,
} from './unicodeobject/object.ts';
export { PyUnicode_Format } from './unicodeobject/percent.ts';
export { PyUnicode_IsIdentifier, PyUnicode_IsIdentifier as unicode_is_identifier } from './unicodeobject/predicates.ts';
export { escape_char, text_repr, unicode_ascii_escape } from './unicodeobject/repr.ts';
export { PyUnicode_Join, PyUnicode_JoinArray, PyUnicode_Split, PyUnicode_Splitlines } from './unicodeobject/split.ts';
export { PyUnicode_Compare, PyUnicode_RichCompare, PyUnicode_Type, text_sizeof } from './unicodeobject/type.ts';
