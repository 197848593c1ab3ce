// source_text.ts: lines of source files on disk, as errors and tracebacks quote them.
//                                                     CPython: Python/errors.c, Python/traceback.c:_Py_DisplaySourceLine
//
// A file is read in the encoding that its cookie names. Nothing here raises: what cannot be read is not quoted.
// Enter through: program_text for the text of a SyntaxError, source_line for tracebacks and warnings.
import { PyErr_Clear, Raised } from '../core/errors.ts';
import { decref } from '../core/object.ts';
import { current } from '../core/tstate.ts';
import { PyImport_ImportModule } from './import_util.ts';
import { PyObject_GetOptionalAttrString } from './object.ts';
import {
  PyUnicode_AsString,
  PyUnicode_Decode,
  PyUnicode_DecodeUTF8,
  PyUnicode_EncodeFSDefault,
  PyUnicode_FromString,
} from './unicodeobject.ts';

/** Set by those who know the parser: the encoding that the first lines of a source name, or null. */
export const sourceHooks: { encoding: ((head: Uint8Array) => string | null) | null } = { encoding: null };

interface Line {
  /** The line with its newline, which is always '\n'. */
  readonly bytes: Uint8Array;
  /** The encoding that the file names, or null. */
  readonly encoding: string | null;
}

/** A line of a file, numbered from 1; null where there is none. */
function read_line(filename: string, lineno: number): Line | null {
  const host = current.tstate?.interp.host;
  if (host === undefined || lineno < 1) return null;
  let fd: number;
  try {
    fd = host.files.open(path_bytes(filename), 0, 0);
  } catch {
    return null;
  }
  try {
    const head: number[] = [];
    const text: number[] = [];
    let line = 1;
    let after_cr = false;
    const chunk = new Uint8Array(8192);
    for (let n = host.files.read(fd, chunk); n > 0 && line <= Math.max(lineno, 2); n = host.files.read(fd, chunk)) {
      for (let i = 0; i < n; i++) {
        let b = chunk[i]!;
        const second = after_cr && b === 10;
        after_cr = b === 13;
        if (second) continue;
        if (b === 13) b = 10;
        if (line <= 2) head.push(b);
        if (line === lineno) text.push(b);
        if (b === 10) line++;
      }
    }
    if (text.length === 0) return null;
    const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    const start = bom && lineno === 1 ? 3 : 0;
    const encoding = sourceHooks.encoding === null ? null : sourceHooks.encoding(Uint8Array.from(head));
    return { bytes: Uint8Array.from(text.slice(start)), encoding };
  } catch {
    return null;
  } finally {
    host.files.close(fd);
  }
}

/** A line in an encoding; in UTF-8, with marks for what is not, if that is unknown or does not fit. */
function decoded({ bytes, encoding }: Line): string {
  if (encoding !== null && encoding !== 'utf-8') {
    try {
      const str = PyUnicode_Decode(bytes, encoding, 'strict');
      const text = PyUnicode_AsString(str);
      decref(str);
      return text;
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      PyErr_Clear(e);
    }
  }
  const str = PyUnicode_DecodeUTF8(bytes, 'replace');
  const text = PyUnicode_AsString(str);
  decref(str);
  return text;
}

/** A line with its newline, or null. CPython: Python/errors.c:_PyErr_ProgramDecodedTextObject */
export function program_text(filename: string, lineno: number): string | null {
  const line = read_line(filename, lineno);
  return line === null ? null : decoded(line);
}

/** A line without its indentation, or null. CPython: Python/traceback.c:_Py_DisplaySourceLine */
export function source_line(filename: string, lineno: number): string | null {
  if (!can_open()) return null;
  const text = program_text(filename, lineno);
  return text === null ? null : text.trim();
}

/** CPython reads the file with io.open: a program may have taken it away. */
function can_open(): boolean {
  try {
    const io = PyImport_ImportModule('io');
    const open = PyObject_GetOptionalAttrString(io, 'open');
    decref(io);
    if (open === null) return false;
    decref(open);
    return true;
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    PyErr_Clear(e);
    return false;
  }
}

/** The bytes of a file name. */
function path_bytes(text: string): Uint8Array {
  const str = PyUnicode_FromString(text);
  try {
    const bytes = PyUnicode_EncodeFSDefault(str);
    const data = bytes.v as Uint8Array;
    decref(bytes);
    return data;
  } finally {
    decref(str);
  }
}
