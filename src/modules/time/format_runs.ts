// format_runs.ts: formats of times whose text holds surrogates.                       CPython: Modules/timemodule.c:time_strftime1
//
// A JavaScript string would join two lone surrogates of a Python str to one character: they are taken over one by one, and
// what stands between them is formatted.
import type { PyObject } from '../../core/object.ts';
import { type Text, text_points, text_to_js } from '../../objects/unicodeobject/data.ts';
import { PyUnicode_FromCodePoints, PyUnicode_FromString } from '../../objects/unicodeobject/object.ts';

function is_surrogate(c: number): boolean {
  return c >= 0xd800 && c <= 0xdfff;
}

/** A str with its runs of characters other than surrogates replaced by what `f` makes of them. */
export function map_runs(text: PyObject, f: (run: string) => string): PyObject {
  if (typeof text.v === 'string') return PyUnicode_FromString(f(text.v));
  const points = text_points(text.v as Text);
  if (!points.some(is_surrogate)) return PyUnicode_FromString(f(text_to_js(text.v as Text)));
  const out: number[] = [];
  let run = '';
  const finish = (): void => {
    for (const c of f(run)) out.push(c.codePointAt(0)!);
    run = '';
  };
  for (const c of points) {
    if (!is_surrogate(c)) {
      run += String.fromCodePoint(c);
      continue;
    }
    if (run !== '') finish();
    out.push(c);
  }
  if (run !== '') finish();
  return PyUnicode_FromCodePoints(out);
}
