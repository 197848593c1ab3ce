// archive.ts: the library as one file, stdlib.bin.gz: scripts/build-browser.mjs writes it.
//
// Unpacked: the length of the table (32 bits), the table as JSON, then the files' bytes one behind the other.

/** Path, length and the time of the last change in seconds of each file. */
export type ArchiveRow = [path: string, length: number, mtime: number];

async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unpacks the archive. */
export async function open_archive(packed: Uint8Array): Promise<Uint8Array> {
  // Servers may have unpacked it on the way.
  return packed[0] === 0x1f && packed[1] === 0x8b ? unpack(packed) : packed;
}

/** Gives each file of the archive, yielding from time to time. */
export function* files_of_archive(
  all: Uint8Array,
  add: (path: string, data: Uint8Array, mtime: number) => void,
): Generator<void, void> {
  const length = new DataView(all.buffer, all.byteOffset).getUint32(0, true);
  const rows = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as ArchiveRow[];
  let at = 4 + length;
  for (const [path, size, mtime] of rows) {
    add(path, all.subarray(at, at + size), mtime);
    at += size;
    yield;
  }
}
