// recorded.ts: the archives that scripts/record-versions.mjs wrote, for tests.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const golden = fileURLToPath(new URL('../../golden/versions/', import.meta.url));

export interface RecordedFile {
  readonly name: string;
  readonly pyc: Uint8Array;
  /** What the version's dis.dis prints, addresses as 0x. */
  readonly listing: Buffer;
  /** SHA-256 of the listing with caches and offsets, and of code_info and the instructions' fields. */
  readonly all: string;
  readonly rows: string;
}

interface Entry {
  readonly name: string;
  readonly pyc: number;
  readonly listing: number;
  readonly all: string;
  readonly rows: string;
}

export function recordedFiles(version: string): RecordedFile[] {
  const archive = brotliDecompressSync(readFileSync(`${golden}listings-${version}.br`));
  let at = archive.indexOf(10) + 1;
  const { cases } = JSON.parse(archive.subarray(0, at).toString()) as { cases: Entry[] };
  return cases.map(({ name, pyc, listing, all, rows }) => ({
    name,
    pyc: archive.subarray(at, (at += pyc)),
    listing: archive.subarray(at, (at += listing)),
    all,
    rows,
  }));
}

/** The text of a snippet. */
export function recordedSource(name: string): string {
  const text = readFileSync(`${golden}sources.txt`, 'utf8');
  return new RegExp(`^### ${name}\\n([^]*?)(?=^### |$(?![^]))`, 'm').exec(text)![1]!;
}
