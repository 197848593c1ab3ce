// listing.ts: `pyvarium dis`: instructions for people: each group under its line of source, jumps drawn in the margin.
//
// The text that dis.dis itself writes is versions/listing.ts's.
import type { Json } from './json.ts';
import { drawJumps, type Jump } from './margin.ts';
import { clip, padEnd, type Style } from './style.ts';
import type { AnyCode } from './versions/code.ts';
import { cachesOf, disassemble } from './versions/instructions.ts';

export interface ListingStyle {
  readonly caches?: boolean;
  readonly offsets?: boolean;
  readonly positions?: boolean;
  /** Levels of nested functions. */
  readonly depth?: number;
}

const NAME_WIDTH = 26;

/** A code object and those in it, to a depth. */
export function renderListing(
  code: AnyCode,
  lines: readonly string[],
  style: Style,
  options: ListingStyle = {},
): string {
  const out: string[] = [];
  const visit = (each: AnyCode, depth: number): void => {
    if (out.length > 0) out.push('');
    for (const line of listingOf(each, lines, style, options)) out.push(line);
    if (depth > 0) for (const inner of each.nested()) visit(inner, depth - 1);
  };
  visit(code, options.depth ?? Number.POSITIVE_INFINITY);
  return `${out.join('\n')}\n`;
}

function listingOf(code: AnyCode, lines: readonly string[], style: Style, options: ListingStyle): string[] {
  const disassembly = disassemble(code);
  const { instructions, exceptions, labels } = disassembly;
  const version = code.version.minor === 14 ? '' : `, CPython ${code.version.name}`;
  const out = [style.heading(`${code.qualname}${code.firstlineno > 0 ? `, line ${code.firstlineno}` : ''}${version}`)];
  const texts: string[] = [];
  const rowOf = new Map<number, number>();
  for (const each of instructions) {
    const { offset, opcode, arg, argrepr, label, position } = each;
    if (each.startsLine) {
      const source =
        each.line === null
          ? style.as('dim', '(no line)')
          : style.as('bold', clip((lines[each.line - 1] ?? '').trim(), style.width - 14));
      texts.push(`${style.as('dim', String(each.line ?? '--').padStart(5))}  ${source}`.trimEnd());
    }
    rowOf.set(offset, texts.length);
    let text = style.as('accent', padEnd(label === null ? '' : `L${label}:`, 5).padStart(7));
    if (options.offsets) text += style.as('dim', `${String(offset).padStart(5)}  `);
    text += style.as('opcode', padEnd(opcode.name, NAME_WIDTH));
    text += arg === null ? '' : ` ${style.as('dim', String(arg).padStart(5))}`;
    if (argrepr !== '') text += ` ${argument(argrepr, opcode.kind, style)}`;
    if (options.positions && position !== null && position.line !== null)
      text += style.as(
        'dim',
        `   ${position.line}:${position.column ?? '?'}-${position.endLine ?? '?'}:${position.endColumn ?? '?'}`,
      );
    texts.push(text.trimEnd());
    if (options.caches) {
      for (const { name, units, value } of cachesOf(disassembly, each))
        texts.push(
          style.as(
            'dim',
            `${' '.repeat(options.offsets ? 14 : 7)}  ${padEnd(`cache ${name}`, NAME_WIDTH - 2)} ${units === 1 ? '1 unit' : `${units} units`} ${value}`,
          ),
        );
    }
  }
  const jumps: Jump[] = [];
  for (const { offset, target } of instructions) {
    const to = target === null ? undefined : rowOf.get(target);
    if (to !== undefined) jumps.push({ from: rowOf.get(offset)!, to });
  }
  const margin = drawJumps(texts.length, jumps);
  texts.forEach((text, i) => {
    out.push(`${style.as('accent', margin[i]!)} ${text}`.trimEnd());
  });
  if (exceptions.length > 0) {
    const name = (offset: number): string => (labels.has(offset) ? `L${labels.get(offset)}` : String(offset));
    out.push(style.as('bold', 'exceptions'));
    for (const { start, end, target, depth, lasti } of exceptions)
      out.push(
        `  ${name(start)} to ${name(end)} → ${name(target)}${style.as('dim', `  stack depth ${depth}${lasti ? ', with the position' : ''}`)}`,
      );
  }
  return out;
}

function argument(argrepr: string, kind: string | null, style: Style): string {
  if (kind === 'const') return style.as(/^[bf]?['"]/.test(argrepr) ? 'string' : 'number', argrepr);
  if (kind === 'jrel' || kind === 'jabs') return style.as('accent', argrepr);
  return argrepr;
}

/** The listing as data, with dis.Instruction's names. */
export function listingJson(code: AnyCode): Json {
  const disassembly = disassemble(code);
  const { instructions, exceptions } = disassembly;
  return {
    name: code.qualname,
    firstlineno: code.firstlineno,
    instructions: instructions.map(i => ({
      offset: i.offset,
      opname: i.opcode.name,
      opcode: i.opcode.number,
      arg: i.arg,
      argrepr: i.argrepr,
      line_number: i.line,
      starts_line: i.startsLine,
      label: i.label,
      jump_target: i.target,
      positions:
        i.position === null ? null : [i.position.line, i.position.endLine, i.position.column, i.position.endColumn],
      cache_info: cachesOf(disassembly, i).map(c => [c.name, c.units, String(c.value)]),
    })),
    exceptions: exceptions.map(e => ({ ...e })),
    nested: code.nested().map(listingJson),
  };
}
