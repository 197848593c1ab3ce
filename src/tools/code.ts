// code.ts: `pyvarium code` and `pyvarium pyc`: every attribute of a code object, its tables decoded; a .pyc's header.
import type { Json } from './json.ts';
import { type Style, table } from './style.ts';
import type { AnyCode, AnyConstant } from './versions/code.ts';
import { AnyCode as AnyCodeClass } from './versions/code.ts';
import { ConstantRepr } from './versions/constant_repr.ts';
import { exceptionEntries, lineRanges, positions } from './versions/lines.ts';
import { flagNames } from './versions/listing.ts';
import type { PycFile } from './versions/pyc_file.ts';

/** The code object and those in it, outermost first. */
export function allCode(code: AnyCode): AnyCode[] {
  return [code, ...code.nested().flatMap(allCode)];
}

/** What FILE:FUNCTION names: by qualified name, or by name. */
export function findCode(code: AnyCode, name: string): AnyCode | undefined {
  const all = allCode(code);
  return all.find(c => c.qualname === name) ?? all.find(c => c.name === name);
}

const KIND_BITS: readonly (readonly [number, string])[] = [
  [0x20, 'local'],
  [0x40, 'cell'],
  [0x80, 'free'],
  [0x10, 'hidden'],
];

/** positional-only, positional or keyword, keyword-only, *args, **kwargs; local, cell, free. */
function variableKind(kind: number): string {
  const out: string[] = [];
  if (kind & 0x08) out.push(kind & 0x02 ? '*args' : '**kwargs');
  else if ((kind & 0x06) === 0x06) out.push('parameter');
  else if (kind & 0x02) out.push('positional-only parameter');
  else if (kind & 0x04) out.push('keyword-only parameter');
  for (const [bit, name] of KIND_BITS) if (kind & bit && !(name === 'local' && out.length > 0)) out.push(name);
  return out.join(', ');
}

const hex = (bytes: Uint8Array): string => [...bytes].map(b => b.toString(16).padStart(2, '0')).join(' ');

export function codeJson(code: AnyCode, repr = new ConstantRepr(code.version)): Json {
  const constant = (value: AnyConstant): Json =>
    value instanceof AnyCodeClass ? codeJson(value, repr) : repr.of(value);
  return {
    co_name: code.name,
    co_qualname: code.qualname,
    co_filename: code.filename,
    co_firstlineno: code.firstlineno,
    co_argcount: code.argcount,
    co_posonlyargcount: code.posonlyargcount,
    co_kwonlyargcount: code.kwonlyargcount,
    co_nlocals: code.nlocals,
    co_stacksize: code.stacksize,
    co_flags: code.flags,
    flags: flagNames(code),
    co_varnames: code.varnames,
    co_cellvars: code.cellvars,
    co_freevars: code.freevars,
    co_names: code.names,
    co_consts: code.consts.map(constant),
    co_code: hex(code.code),
    co_linetable: hex(code.linetable),
    co_lines: lineRanges(code).map(({ start, end, line }) => [start, end, line]),
    co_positions: positions(code).map(p => [p.line, p.endLine, p.column, p.endColumn]),
    co_exceptiontable: hex(code.exceptiontable),
    exceptions: exceptionEntries(code).map(e => ({ ...e })),
  };
}

function hexLines(bytes: Uint8Array, style: Style): string[] {
  if (bytes.length === 0) return [style.as('dim', 'empty')];
  const out: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    out.push(`${style.as('dim', String(at).padStart(5))}  ${hex(bytes.subarray(at, at + 16))}`);
  return out;
}

/** Every attribute of one code object. */
export function renderCode(
  code: AnyCode,
  lines: readonly string[],
  style: Style,
  repr = new ConstantRepr(code.version),
): string {
  const out: string[] = [style.heading(`code object ${code.qualname}`)];
  const field = (name: string, value: string, note = ''): void => {
    out.push(`  ${style.as('opcode', name.padEnd(20))} ${value}${note === '' ? '' : style.as('dim', `  ${note}`)}`);
  };
  const block = (name: string, rows: readonly string[], note = ''): void => {
    field(name, rows.length === 0 ? style.as('dim', 'none') : '', note);
    for (const row of rows) out.push(`      ${row}`);
  };
  field('co_name', code.name);
  field('co_qualname', code.qualname);
  field('co_filename', code.filename);
  field('co_firstlineno', String(code.firstlineno));
  field('co_argcount', String(code.argcount), 'parameters by position, *args not counted');
  field('co_posonlyargcount', String(code.posonlyargcount), 'of these, by position only');
  field('co_kwonlyargcount', String(code.kwonlyargcount), 'by keyword only');
  field('co_nlocals', String(code.nlocals));
  field('co_stacksize', String(code.stacksize));
  field('co_flags', `0x${code.flags.toString(16)}`, flagNames(code).join(', '));
  if (code.localsplusnames.length > 0) {
    block(
      'local variables',
      table(
        style,
        [{ align: 'right' }, {}, {}],
        code.localsplusnames.map((name, i) => [
          String(i),
          name,
          style.as('dim', variableKind(code.localspluskinds[i] ?? 0)),
        ]),
      ),
      'co_varnames, co_cellvars, co_freevars in the order of their slots',
    );
  } else {
    field('co_varnames', code.varnames.join(', '));
    field('co_cellvars', code.cellvars.join(', '));
    field('co_freevars', code.freevars.join(', '));
  }
  block(
    'co_names',
    code.names.map((name, i) => `${style.as('dim', String(i).padStart(3))}  ${name}`),
  );
  block(
    'co_consts',
    code.consts.map((value, i) => `${style.as('dim', String(i).padStart(3))}  ${repr.of(value)}`),
  );
  block('co_code', hexLines(code.code, style), `${code.code.length} bytes`);
  block('co_linetable', hexLines(code.linetable, style), `${code.linetable.length} bytes`);
  const ranges = lineRanges(code);
  block(
    'co_lines()',
    table(
      style,
      [{ align: 'right' }, { align: 'right' }, {}],
      ranges.map(({ start, end, line }) => [
        `${start}-${end}`,
        line === null ? '--' : String(line),
        style.as('dim', line === null ? 'no line' : (lines[line - 1] ?? '').trim().slice(0, 60)),
      ]),
    ),
    'offsets in bytes, line',
  );
  block('co_exceptiontable', hexLines(code.exceptiontable, style), `${code.exceptiontable.length} bytes`);
  block(
    'exception table',
    exceptionEntries(code).map(
      ({ start, end, target, depth, lasti }) =>
        `${start} to ${end} -> ${target} ${style.as('dim', `stack depth ${depth}${lasti ? ', with the position' : ''}`)}`,
    ),
  );
  return `${out.join('\n')}\n`;
}

export function pycJson(file: PycFile): Json {
  const { magic, stamp, headerSize } = file;
  return {
    version: file.version.name,
    magic,
    header_size: headerSize,
    stamp: stamp.kind === 'timestamp' ? { ...stamp } : { kind: 'hash', hash: hex(stamp.hash), checked: stamp.checked },
    code: codeJson(file.code),
  };
}

/** The header, byte for byte and in words. */
export function renderPycHeader(bytes: Uint8Array, file: PycFile, style: Style): string {
  const { stamp } = file;
  const out = [style.heading(`.pyc of CPython ${file.version.name}, ${bytes.length} bytes`)];
  const row = (from: number, to: number, name: string, meaning: string): void => {
    out.push(
      `  ${style.as('dim', `${String(from).padStart(2)}-${String(to - 1).padEnd(2)}`)}  ${hex(bytes.subarray(from, to)).padEnd(23)}  ${style.as('opcode', name.padEnd(8))} ${meaning}`,
    );
  };
  row(0, 4, 'magic', `${file.magic}, then CR LF, which a copy in text mode would destroy`);
  if (file.headerSize === 16) {
    const flags =
      stamp.kind === 'timestamp'
        ? 'by time and size of the source'
        : stamp.checked
          ? 'by the hash of the source, compared on import'
          : 'by the hash of the source, not compared';
    row(4, 8, 'flags', flags);
  }
  const at = file.headerSize - 8;
  if (stamp.kind === 'timestamp') {
    row(at, at + 4, 'mtime', `${stamp.mtime}, ${new Date(stamp.mtime * 1000).toISOString().replace('.000Z', 'Z')}`);
    row(at + 4, at + 8, 'size', `${stamp.size} bytes of source`);
  } else row(at, at + 8, 'hash', 'SipHash-1-3 of the source');
  out.push(
    `  ${style.as('dim', `${file.headerSize}-`)}    ${style.as('dim', 'the code object, as marshal writes it')}`,
    '',
  );
  return `${out.join('\n')}\n`;
}
