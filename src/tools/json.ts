// json.ts: JSON as the tools write it: indented, but what fits a line stands on one.
//
// The convention: one object per run, `tool` first, then `python` (the version described), `file` where there is one, then the
// tool's own fields, named as CPython names the concept where it has it (co_names, lineno, col_offset).

const LINE = 100;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Serialises; `undefined` members are left out. */
export function toJson(value: Json): string {
  const out: string[] = [];
  write(value, '', out, 0);
  return out.join('');
}

function write(value: Json, indent: string, out: string[], used: number): void {
  if (value === null || typeof value !== 'object') {
    out.push(JSON.stringify(value));
    return;
  }
  const short = oneLine(value, LINE - indent.length - used);
  if (short !== null) {
    out.push(short);
    return;
  }
  const deeper = `${indent}  `;
  const isArray = Array.isArray(value);
  out.push(isArray ? '[' : '{');
  let first = true;
  for (const [key, item] of Object.entries(value as Record<string, Json | undefined>)) {
    if (item === undefined) continue;
    out.push(first ? '\n' : ',\n', deeper);
    first = false;
    let length = 0;
    if (!isArray) {
      const name = `${JSON.stringify(key)}: `;
      out.push(name);
      length = name.length;
    }
    write(item, deeper, out, length);
  }
  out.push('\n', indent, isArray ? ']' : '}');
}

/** The value on one line of at most `room` characters, or null. */
function oneLine(value: Json, room: number): string | null {
  if (value === null || typeof value !== 'object') {
    const text = JSON.stringify(value);
    return text.length <= room ? text : null;
  }
  const isArray = Array.isArray(value);
  let text = isArray ? '[' : '{';
  for (const [key, item] of Object.entries(value as Record<string, Json | undefined>)) {
    if (item === undefined) continue;
    if (text.length > 1) text += ', ';
    if (!isArray) text += `${JSON.stringify(key)}: `;
    const inner = oneLine(item, room - text.length);
    if (inner === null) return null;
    text += inner;
  }
  text += isArray ? ']' : '}';
  return text.length <= room ? text : null;
}
