// malloc_stats.ts: what sys._debugmallocstats prints.        CPython: Objects/obmalloc.c:_PyObject_DebugMallocStats, Objects/object.c
//
// Figures of the allocator model: each living object is a block of its size, its tables are another; pools are as many as
// these need. Free lists: as many as have been freed to them.
import { FREE_DICTS, FREE_LISTS, FREE_TUPLES, free_lists, MOST_FREE_ITEMS } from '../../core/gc.ts';
import { is_immortal, type PyObject } from '../../core/object.ts';
import { allocated_size, block_size } from '../../objects/object_size.ts';
import { ALIGNMENT, ARENA_SIZE, POOL_HEADER, POOL_SIZE, SMALL_REQUEST_THRESHOLD } from '../../objects/obmalloc.ts';

const CLASSES = SMALL_REQUEST_THRESHOLD / ALIGNMENT;
const LABEL_WIDTH = 35;

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** CPython: printone */
function line(label: string, n: number): string {
  return `${label.padEnd(LABEL_WIDTH)}=${grouped(n).padStart(21)}\n`;
}

/** CPython: _PyDebugAllocatorStats */
function free_list_line(count: number, name: string, size: number): string {
  return `${`${count} ${name} * ${size} bytes each`.padStart(48)} =${grouped(count * size).padStart(21)}\n`;
}

/** Blocks in use by size class. */
function count_blocks(objects: Iterable<PyObject>): number[] {
  const blocks = new Array<number>(CLASSES).fill(0);
  const add = (size: number): void => {
    if (size <= 0 || size > SMALL_REQUEST_THRESHOLD) return;
    blocks[Math.ceil(size / ALIGNMENT) - 1]!++;
  };
  for (const o of objects) {
    if (is_immortal(o)) continue;
    const block = block_size(o);
    add(block);
    add(allocated_size(o) - block);
  }
  return blocks;
}

export function debug_malloc_stats(objects: Iterable<PyObject>): string {
  const blocks = count_blocks(objects);
  let out = `Small block threshold = ${SMALL_REQUEST_THRESHOLD}, in ${CLASSES} size classes.\n\n`;
  out +=
    'class   size   num pools   blocks in use  avail blocks\n-----   ----   ---------   -------------  ------------\n';
  let pools = 0;
  let used = 0;
  let available = 0;
  let quantization = 0;
  blocks.forEach((n, index) => {
    if (n === 0) return;
    const size = (index + 1) * ALIGNMENT;
    const per_pool = Math.floor((POOL_SIZE - POOL_HEADER) / size);
    const p = Math.ceil(n / per_pool);
    const free = p * per_pool - n;
    pools += p;
    used += n * size;
    available += free * size;
    quantization += p * (POOL_SIZE - POOL_HEADER - per_pool * size);
    const cells = [String(index).padStart(5), String(size).padStart(6), String(p).padStart(11)];
    out += `${cells.join(' ')} ${String(n).padStart(15)} ${String(free).padStart(13)}\n`;
  });
  const per_arena = ARENA_SIZE / POOL_SIZE;
  // The first pool of an arena starts at a multiple of its size: CPython's lose one to that.
  const arenas = Math.max(1, Math.ceil(pools / (per_arena - 1)));
  const alignment = arenas * POOL_SIZE;
  const unused = arenas * (per_arena - 1) - pools;
  out += '\n';
  out += line('# arenas allocated total', arenas);
  out += line('# arenas reclaimed', 0);
  out += line('# arenas highwater mark', arenas);
  out += line('# arenas allocated current', arenas);
  out += line(`${arenas} arenas * ${ARENA_SIZE} bytes/arena`, arenas * ARENA_SIZE);
  out += '\n';
  out += line('# bytes in allocated blocks', used);
  out += line('# bytes in available blocks', available);
  out += line(`${unused} unused pools * ${POOL_SIZE} bytes`, unused * POOL_SIZE);
  out += line('# bytes lost to pool headers', pools * POOL_HEADER);
  out += line('# bytes lost to quantization', quantization);
  out += line('# bytes lost to arena alignment', alignment);
  out += line('Total', used + available + unused * POOL_SIZE + pools * POOL_HEADER + quantization + alignment);
  out += '\n';
  out += free_list_line(free_lists[FREE_DICTS]!, 'free PyDictObjects', 48);
  out += free_list_line(free_lists[FREE_LISTS]!, 'free PyListObjects', 40);
  for (let n = 1; n <= MOST_FREE_ITEMS; n++) {
    out += free_list_line(free_lists[FREE_TUPLES + n]!, `free ${n}-sized PyTupleObjects`, 32 + 8 * n);
  }
  return out;
}
