// stack_run.ts: `pyvarium stack --run`: the real values on the stack of one function, step by step, as the program ran.
import type { InterpreterFrame } from '../core/frame.ts';
import type { PyThreadState } from '../core/tstate.ts';
import type { CodePayload, ToolPort } from '../vm/tool_port.ts';
import type { Json } from './json.ts';
import { PassOn } from './profile/pass_on.ts';
import { clip, padEnd, plural, type Style } from './style.ts';
import type { Disassembly } from './versions/instructions.ts';

export interface Step {
  /** In bytes. */
  readonly offset: number;
  /** Values on the stack before it, as repr() shows them; what repr() would call Python code for is shown by its type. */
  readonly stack: readonly string[];
  readonly locals: Readonly<Record<string, string>>;
}

export interface RunOfFunction {
  readonly steps: readonly Step[];
  /** Instructions beyond the limit, which were counted only. */
  readonly more: number;
}

/** Records the first run of a function: its first frame from the beginning to the end. */
export class StepRecorder extends PassOn {
  readonly steps: Step[] = [];
  more = 0;
  private readonly port: ToolPort;
  private readonly file: string;
  private readonly name: string;
  private readonly limit: number;
  private frame: InterpreterFrame | null = null;
  private ended = false;
  private names: readonly string[] = [];

  constructor(port: ToolPort, file: string, name: string, limit: number) {
    super();
    this.port = port;
    this.file = file;
    this.name = name;
    this.limit = limit;
  }

  override instruction(
    tstate: PyThreadState,
    frame: InterpreterFrame,
    prev: number,
    base: number,
    oparg: number,
  ): number {
    if (!this.ended) this.look(frame);
    return super.instruction(tstate, frame, prev, base, oparg);
  }

  private look(frame: InterpreterFrame): void {
    const co = frame.co as CodePayload;
    if (this.frame === null) {
      if (
        frame.instr !== 0 ||
        this.port.text(co.co_qualname) !== this.name ||
        this.port.text(co.co_filename) !== this.file
      )
        return;
      this.frame = frame;
      this.names = co.varnames.map(n => this.port.text(n));
    } else if (frame !== this.frame) return;
    // Frames are used again: a second beginning is another call.
    else if (frame.instr === 0) {
      this.ended = true;
      return;
    }
    if (this.steps.length >= this.limit) {
      this.more++;
      return;
    }
    const { show } = this.port;
    const slots = frame.localsplus;
    const stack: string[] = [];
    for (let i = co.nlocalsplus; i < frame.sp; i++) stack.push(show(slots[i]!));
    const locals: Record<string, string> = {};
    for (let i = 0; i < co.nlocalsplus; i++) if (slots[i] !== null) locals[this.names[i]!] = show(slots[i]!);
    this.steps.push({ offset: frame.instr * 2, stack, locals });
  }
}

export function runJson(run: RunOfFunction): Json {
  return { steps: run.steps as unknown as Json, more: run.more };
}

const WIDEST_OPCODE = 34;

/** Each step: instruction, the stack after it, and the local that changed. */
export function renderRun(
  run: RunOfFunction,
  disassembly: Disassembly,
  lines: readonly string[],
  style: Style,
): string {
  const { steps, more } = run;
  const byOffset = new Map(disassembly.instructions.map(i => [i.offset, i]));
  const out = [style.heading(`${disassembly.code.qualname}: one run, ${plural(steps.length + more, 'instruction')}`)];
  const width = Math.min(WIDEST_OPCODE, Math.max(...steps.map(s => byOffset.get(s.offset)?.opcode.name.length ?? 0)));
  let line: number | null = null;
  steps.forEach((step, i) => {
    const each = byOffset.get(step.offset);
    if (each === undefined) return;
    if (each.line !== line && each.line !== null) {
      line = each.line;
      out.push(`${style.as('dim', String(line).padStart(5))} ${style.as('bold', (lines[line - 1] ?? '').trim())}`);
    }
    const next = steps[i + 1];
    const arg = each.argrepr !== '' ? each.argrepr : each.arg === null ? '' : String(each.arg);
    let note = '';
    if (next !== undefined) {
      const changed = Object.entries(next.locals).filter(([name, value]) => step.locals[name] !== value);
      note = changed.map(([name, value]) => style.as('good', `  ${name} = ${clip(value, 30)}`)).join('');
      if (each.target === next.offset) note += style.as('accent', '  jumps');
    }
    const after = next === undefined ? [] : next.stack;
    const shown =
      after.length === 0
        ? style.as('dim', '·')
        : after
            .map((v, at) => (step.stack[at] === v ? style.as('dim', clip(v, 30)) : style.as('number', clip(v, 30))))
            .join(style.as('dim', ' ┊ '));
    const result =
      next === undefined && more === 0 && each.opcode.name === 'RETURN_VALUE'
        ? `${style.as('dim', 'returns')} ${style.as('number', clip(step.stack.at(-1) ?? '', 40))}`
        : shown;
    out.push(
      `${style.as('dim', String(i + 1).padStart(5))} ${style.as('opcode', padEnd(each.opcode.name, width))} ${padEnd(clip(arg, 18), 18)} ${style.as('dim', '→')} ${result}${note}`,
    );
  });
  if (more > 0)
    out.push(style.as('dim', `      and ${plural(more, 'more instruction', 'more instructions')} (--steps)`));
  return `${out.join('\n')}\n`;
}
