// memory.ts: which lines allocate what: objects counted at their birth, sized when whoever makes them has filled them in.
//
// Sizes are those that CPython would allocate (src/objects/object_size.ts). Invariant: `total` is the sum of the sizes of all
// objects born since the beginning and not yet freed, but the youngest one's.
import type { InterpreterFrame } from '../../core/frame.ts';
import type { PyObject } from '../../core/object.ts';
import type { CodePayload, ToolPort } from '../../vm/tool_port.ts';

export class LineMemory {
  count = 0;
  bytes = 0;
  live = 0;
  peak = 0;
}

class Birth {
  readonly line: LineMemory;
  size = 0;
  constructor(line: LineMemory) {
    this.line = line;
  }
}

export class MemoryRecorder {
  /** By code object and unit. */
  readonly lines = new Map<CodePayload, Map<number, LineMemory>>();
  readonly types = new Map<string, LineMemory>();
  total = 0;
  peak = 0;
  count = 0;
  private readonly port: ToolPort;
  private readonly births = new Map<PyObject, Birth>();
  private readonly owners = new WeakMap<object, PyObject>();
  private pending: PyObject | null = null;
  private fresh = false;
  private busy = false;
  private readonly before: { born: unknown; resized: unknown; freed: unknown };

  constructor(port: ToolPort) {
    this.port = port;
    const { memoryHooks } = port;
    this.before = { born: memoryHooks.born, resized: memoryHooks.resized, freed: memoryHooks.freed };
    const freed = memoryHooks.freed;
    memoryHooks.born = o => this.born(o);
    memoryHooks.resized = owner => this.resized(owner);
    memoryHooks.freed = o => {
      this.freed(o);
      freed?.(o);
    };
    port.watch_births(true);
    port.need_positions(true);
  }

  stop(): void {
    this.settle();
    this.port.watch_births(false);
    this.port.need_positions(false);
    Object.assign(this.port.memoryHooks, this.before);
  }

  private here(): LineMemory {
    let frame: InterpreterFrame | null = this.port.current.tstate.frame;
    // Natives have no lines: their caller's counts.
    while (frame !== null && frame.co === null) frame = frame.previous;
    const co = frame === null ? null : (frame.co as CodePayload);
    if (co === null) return this.lineOf(null, 0);
    return this.lineOf(co, frame!.instr);
  }

  private lineOf(co: CodePayload | null, unit: number): LineMemory {
    const key = co as CodePayload;
    let units = this.lines.get(key);
    if (units === undefined) this.lines.set(key, (units = new Map()));
    let line = units.get(unit);
    if (line === undefined) units.set(unit, (line = new LineMemory()));
    return line;
  }

  private born(o: PyObject): void {
    o.g &= 0x7fffffff;
    if (this.busy) return;
    this.settle();
    const line = this.here();
    line.count++;
    this.count++;
    this.births.set(o, new Birth(line));
    o.g |= this.port.G_HAS_ID;
    this.pending = o;
    this.fresh = true;
  }

  private resized(owner: object): void {
    if (this.busy) return;
    const o = (owner as PyObject).ob_refcnt === undefined ? this.owners.get(owner) : (owner as PyObject);
    if (o === undefined || o === this.pending || !this.births.has(o)) return;
    this.settle();
    this.pending = o;
    this.fresh = false;
  }

  private freed(o: PyObject): void {
    const birth = this.births.get(o);
    if (birth === undefined) return;
    if (this.pending === o) this.settle();
    this.add(birth, o, -birth.size);
    this.births.delete(o);
  }

  /** Takes the size of the object that was made or grew last. */
  private settle(): void {
    const o = this.pending;
    if (o === null) return;
    this.pending = null;
    const birth = this.births.get(o);
    if (birth === undefined) return;
    this.busy = true;
    let size: number;
    try {
      size = this.port.allocated_size(o);
    } catch {
      // Its maker has not given it its payload yet.
      size = o.ob_type === null ? 0 : o.ob_type.tp_basicsize;
    }
    this.busy = false;
    if (this.fresh) {
      const type = this.typeOf(o);
      type.count++;
      if (
        o.v !== null &&
        typeof o.v === 'object' &&
        /^(dict|set|frozenset|OrderedDict|defaultdict)$/.test(o.ob_type?.tp_name ?? '')
      )
        this.owners.set(o.v as object, o);
    }
    const grown = size - birth.size;
    if (grown > 0) {
      birth.line.bytes += grown;
      this.typeOf(o).bytes += grown;
    }
    this.add(birth, o, grown);
    birth.size = size;
  }

  private typeOf(o: PyObject): LineMemory {
    const name = o.ob_type?.tp_name ?? '?';
    let type = this.types.get(name);
    if (type === undefined) this.types.set(name, (type = new LineMemory()));
    return type;
  }

  private add(birth: Birth, o: PyObject, size: number): void {
    this.total += size;
    if (this.total > this.peak) this.peak = this.total;
    for (const each of [birth.line, this.typeOf(o)]) {
      each.live += size;
      if (each.live > each.peak) each.peak = each.live;
    }
  }
}
