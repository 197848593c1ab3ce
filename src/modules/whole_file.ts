// whole_file.ts: the contents of small files that natives read: certificates, terminals' entries, time zones, init files.
import type { HostFiles } from '../core/host.ts';
import { host } from './args.ts';

const CHUNK = 1 << 16;

/** All that is in a file. Throws HostError. */
export function read_whole(path: Uint8Array, files: HostFiles = host().files): Uint8Array {
  const fd = files.open(path, 0, 0);
  try {
    let buffer = new Uint8Array(CHUNK);
    let have = 0;
    for (;;) {
      const n = files.read(fd, buffer.subarray(have));
      if (n === 0) return buffer.subarray(0, have);
      have += n;
      if (have < buffer.length) continue;
      const more = new Uint8Array(2 * have);
      more.set(buffer);
      buffer = more;
    }
  } finally {
    files.close(fd);
  }
}
