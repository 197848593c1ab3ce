// format_spec.ts: str.__format__.                                        CPython: Objects/unicodeobject.c:unicode___format__

import type { PyObject } from '../../core/object.ts';
import { format_str } from '../formatter.ts';
import { PyObject_Str } from '../object.ts';
import { bad_argument } from './args.ts';
import type { Text } from './data.ts';
import { is_str, unicode_unchanged } from './object.ts';
import { PyUnicode_Type } from './type.ts';

export function unicode__format__(self: PyObject, spec: PyObject): PyObject {
  if (!is_str(spec)) bad_argument('__format__', 'argument', 'str', spec);
  if ((spec.v as Text).length === 0)
    return self.ob_type === PyUnicode_Type ? unicode_unchanged(self) : PyObject_Str(self);
  return format_str(self, spec);
}
