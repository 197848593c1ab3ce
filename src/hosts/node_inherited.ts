// node_inherited.ts: what the process was started with: descriptors, what they may be used for, where in their files they are.
import * as fs from 'node:fs';
import { O_ACCMODE, O_NONBLOCK, O_RDWR, S_IFIFO, S_IFMT } from '../core/fcntl.ts';

/** The position that a descriptor had when we got it. */
export function inherited_position(hostfd: number): number {
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${hostfd}`, 'latin1');
    const match = /^pos:\s*(\d+)/m.exec(info);
    if (match !== null) return Number(match[1]);
  } catch {
    // not Linux
  }
  return 0;
}

/** Linux open flags of a descriptor of the host. */
function open_flags(hostfd: number): number {
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${hostfd}`, 'latin1');
    const match = /^flags:\s*([0-7]+)/m.exec(info);
    if (match !== null) return Number.parseInt(match[1]!, 8);
  } catch {
    // not Linux
  }
  return O_RDWR;
}

/** How a descriptor of the host may be used. */
export function access_mode(hostfd: number): number {
  return open_flags(hostfd) & O_ACCMODE;
}

/** One pipe of which the process has both ends. */
interface OwnPipe {
  ino: number;
  dev: number;
  ends: [number, number];
}

/**
 * Descriptors from 3 on that were open when the process started, and the pipes that are Node's own. What Node opens before
 * has no file type (event queues), or is a pipe of which it has both ends: those of its event loops, which never wait, and
 * one that may wait, the lock of libuv's signal handlers, made right beside the first of them.
 */
export function inherited_descriptors(): { found: number[]; internal: number[] } {
  let names: string[];
  try {
    names = fs.readdirSync('/proc/self/fd');
  } catch {
    return { found: [], internal: [] }; // not Linux
  }
  const found: number[] = [];
  const first_ends = new Map<number, number>();
  const pairs: OwnPipe[] = [];
  for (const name of names) {
    const fd = Number(name);
    if (fd < 3) continue;
    try {
      const st = fs.fstatSync(fd);
      const type = st.mode & S_IFMT;
      if (type === 0) continue;
      found.push(fd);
      if (type !== S_IFIFO) continue;
      const other = first_ends.get(st.ino);
      if (other === undefined) first_ends.set(st.ino, fd);
      else pairs.push({ ino: st.ino, dev: st.dev, ends: [other, fd] });
    } catch {
      // the descriptor of the listing itself
    }
  }
  const loops = pairs.filter(pair => (open_flags(pair.ends[0]) & O_NONBLOCK) !== 0);
  const distance = (pair: OwnPipe): number =>
    Math.min(...loops.map(loop => (loop.dev === pair.dev ? Math.abs(loop.ino - pair.ino) : Number.MAX_VALUE)));
  const others = pairs.filter(pair => !loops.includes(pair)).sort((a, b) => distance(a) - distance(b));
  const internal = [...loops, ...others.slice(0, 1)].flatMap(pair => pair.ends);
  return { found: found.filter(fd => !internal.includes(fd)), internal };
}
