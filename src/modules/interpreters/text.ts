// text.ts: texts that go from one interpreter to another as UTF-8.
import { decref, type PyObject } from '../../core/object.ts';
import { PyUnicode_AsString, PyUnicode_AsUTF8String } from '../../objects/unicodeobject.ts';

/** The text of a str (borrowed). Surrogates cannot be encoded: raises UnicodeEncodeError. */
export function utf8_text(o: PyObject): string {
  decref(PyUnicode_AsUTF8String(o));
  return PyUnicode_AsString(o);
}
