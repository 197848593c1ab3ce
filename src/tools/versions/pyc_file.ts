// pyc_file.ts: a .pyc file of any version: header and code.          CPython: Lib/importlib/_bootstrap_external.py, PEP 552
//
// The magic number says the version, and with it everything else: 3.6 has 12 bytes of header, later ones 16.
import { MarshalError } from '../../compiler/marshal_format.ts';
import { type AnyCode, readCode } from './code.ts';
import { ownVersion, type Version, versionNames, versionWithMagic, writerOfMagic } from './version.ts';

export interface PycFile {
  readonly version: Version;
  readonly magic: number;
  /** How it knows its source: seconds and bytes, or eight bytes of hash. */
  readonly stamp:
    | { readonly kind: 'timestamp'; readonly mtime: number; readonly size: number }
    | { readonly kind: 'hash'; readonly hash: Uint8Array; readonly checked: boolean };
  readonly headerSize: number;
  readonly code: AnyCode;
}

/** Why a file is no .pyc that can be read: one line. */
export class PycProblem extends Error {}

/** Whether the bytes begin as a .pyc does: two bytes of number, CR LF. */
export function looksLikePyc(file: Uint8Array): boolean {
  return (
    file.length >= 4 &&
    file[2] === 13 &&
    file[3] === 10 &&
    (versionWithMagic(magicOf(file)) !== undefined || file.includes(0))
  );
}

const magicOf = (file: Uint8Array): number => file[0]! | (file[1]! << 8);

/** Reads header and code. Throws PycProblem. */
export function readPyc(file: Uint8Array): PycFile {
  if (file.length < 4) throw new PycProblem(`not a .pyc file: it has ${file.length} bytes`);
  const magic = magicOf(file);
  if (file[2] !== 13 || file[3] !== 10) throw new PycProblem('not a .pyc file: no magic number');
  const version = versionWithMagic(magic);
  if (version === undefined) throw new PycProblem(foreign(magic));
  const headerSize = version.minor >= 7 ? 16 : 12;
  if (file.length < headerSize)
    throw new PycProblem(`truncated .pyc of CPython ${version.name}: the header ends early`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const flags = headerSize === 16 ? view.getUint32(4, true) : 0;
  if (flags > 3) throw new PycProblem(`damaged .pyc of CPython ${version.name}: flags 0x${flags.toString(16)}`);
  const stamp: PycFile['stamp'] =
    flags & 1
      ? { kind: 'hash', hash: file.slice(8, 16), checked: (flags & 2) !== 0 }
      : {
          kind: 'timestamp',
          mtime: view.getUint32(headerSize - 8, true),
          size: view.getUint32(headerSize - 4, true),
        };
  const code = explained(version, () => readCode(file, headerSize, version));
  return { version, magic, stamp, headerSize, code };
}

/** A code object of CPython 3.14 (or this Python), as marshal.dumps writes it. Throws PycProblem. */
export function readMarshalledCode(data: Uint8Array): AnyCode {
  const version = ownVersion();
  return explained(version, () => readCode(data, 0, version));
}

/** Runs what decodes a .pyc's contents; damage becomes a PycProblem. */
export function explained<T>(version: Version, decode: () => T): T {
  try {
    return decode();
  } catch (e) {
    if (!(e instanceof MarshalError)) throw e;
    const what = e.type === 'EOFError' ? 'truncated' : 'damaged';
    throw new PycProblem(`${what} .pyc of CPython ${version.name}: ${e.msg}`);
  }
}

function foreign(magic: number): string {
  const names = versionNames();
  const known = `CPython ${names[0]} to ${names.at(-1)} can be read`;
  const writer = writerOfMagic(magic);
  return writer === null
    ? `unknown magic number ${magic} (${known})`
    : `written by ${writer}, magic number ${magic} (${known})`;
}
