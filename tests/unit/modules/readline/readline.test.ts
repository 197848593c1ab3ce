// The editor shows what GNU readline 8.3 showed for the same keys (golden.json, which record.py writes), and gives the same lines.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DUMB } from '../../../../src/modules/readline/display.ts';
import { Editor, type Surroundings } from '../../../../src/modules/readline/editor.ts';
import { parse_and_bind } from '../../../../src/modules/readline/inputrc.ts';
import { encode } from '../../../../src/modules/readline/text.ts';
import { Screen } from './screen.ts';

interface Case {
  name: string;
  setup: {
    columns: number;
    rows: number;
    term: string;
    words: string[] | null;
    bind: string[];
    history: string[];
    prompt: string;
    again: number;
  };
  steps: string[];
  out: string[];
}

const cases = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Case[];

function new_editor({ setup }: Case, write: (text: string) => void): Editor {
  const outside: Surroundings = {
    write,
    ding: () => write('\x07'),
    complain: message => write(`${message}\n`),
    complete: word => setup.words?.filter(w => w.startsWith(word)) ?? null,
    display_matches: () => false,
    list_files: () => [],
    read_file: () => new Uint8Array(),
    home: user => (user === 'root' ? '/root' : null),
    environment: () => null,
  };
  const e = new Editor(outside);
  e.display.columns = setup.columns;
  e.display.lines = setup.rows;
  if (setup.term === 'dumb') e.display.abilities = DUMB;
  for (const line of ['tab: complete', ...setup.bind]) parse_and_bind(e, line);
  for (const line of setup.history) e.history.add(line);
  return e;
}

/** Python's ascii() of a str. */
function ascii(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const hex = (c: number, width: number): string => c.toString(16).padStart(width, '0');
  let out = '';
  for (const s of text) {
    const c = s.codePointAt(0)!;
    if (s === '\\' || s === quote) out += `\\${s}`;
    else if (c >= 32 && c < 127) out += s;
    else if (c === 9 || c === 10 || c === 13) out += { 9: '\\t', 10: '\\n', 13: '\\r' }[c];
    else out += c < 256 ? `\\x${hex(c, 2)}` : c < 65536 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;
  }
  return quote + out + quote;
}

for (const golden of cases) {
  test(golden.name, () => {
    const { setup, steps, out } = golden;
    const theirs = new Screen(setup.columns);
    const ours = new Screen(setup.columns);
    const write = (text: string): void => ours.write(text.replaceAll('\n', '\r\n'));
    const e = new_editor(golden, write);
    let lines = 0;
    e.start(setup.prompt);
    const read = (): void => {
      while (e.done !== null && lines <= setup.again) {
        if (e.done === 'eof') {
          write('EOF');
          lines = setup.again + 1;
          return;
        }
        const line = e.line.text;
        if (line !== '' && line !== e.history.entries.at(-1)?.line) e.history.add(line);
        if (lines > 0) write('\n');
        write(ascii(line));
        if (lines++ === setup.again) {
          write(`\n [${e.history.entries.map(entry => repr(entry.line)).join(', ')}]`);
          return;
        }
        e.start(setup.prompt);
        e.work();
      }
    };
    theirs.write(out[0]!);
    assert.equal(ours.show(), theirs.show(), 'at first');
    for (const [i, keys] of steps.entries()) {
      for (const byte of encode(keys)) {
        if (lines <= setup.again) e.feed(byte);
        read();
      }
      if (e.done === null) e.settle();
      while (e.timeout !== null) e.expire();
      theirs.write(out[i + 1]!);
      const what = `after ${JSON.stringify(steps.slice(0, i + 1))}`;
      assert.equal(ours.show(), theirs.show(), what);
      assert.equal(ours.bells, theirs.bells, `bells ${what}`);
    }
  });
}

function repr(text: string): string {
  return ascii(text).replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\x([89a-f][0-9a-f])/g, (all, a, b, c) => {
    const code = Number.parseInt(a ?? b ?? c, 16);
    return code >= 0xd800 && code < 0xe000 ? all : String.fromCodePoint(code);
  });
}
