// Entries of the terminfo database, and what an update sends: no more than what changes, and what a terminal makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A_ALTCHARSET, A_BOLD } from '../../../src/modules/_curses/constants.ts';
import { Output } from '../../../src/modules/_curses/output.ts';
import { Screen } from '../../../src/modules/_curses/screen.ts';
import { entry_paths, find_entry, kind_of, parse_entry, Terminfo } from '../../../src/modules/_curses/terminfo.ts';
import { split_padding, tparm } from '../../../src/modules/_curses/tparm.ts';
import { add_string } from '../../../src/modules/_curses/write.ts';

function shorts(...numbers: number[]): number[] {
  return numbers.flatMap(n => [n & 255, (n >> 8) & 255]);
}

function text(...strings: string[]): number[] {
  return strings.flatMap(s => [...Buffer.from(`${s}\0`)]);
}

/** An entry with one flag, two numbers of so many bits, three strings (the second is missing), and extended ones. */
function entry(bits: number): Uint8Array {
  const number = (n: number): number[] => (bits === 16 ? shorts(n) : [...shorts(n), ...shorts(n < 0 ? -1 : n >>> 16)]);
  const names = text('x|xx|a terminal');
  const table = text('back', 'return');
  const head = shorts(bits === 16 ? 0o432 : 0o1036, names.length, 2, 2, 3, table.length);
  const body = [...head, ...names, 0, 1];
  if (body.length % 2 === 1) body.push(0);
  body.push(...number(80), ...number(-1), ...shorts(0, -1, 5), ...table);
  if (body.length % 2 === 1) body.push(0);
  const values = text('\x1b[9x', '\x1b[1;5A');
  const extended = text('AX', 'U9', 'XX', 'E3', 'kUP5');
  body.push(...shorts(1, 1, 3, 8, values.length + extended.length), 1, 0, ...number(bits === 16 ? 300 : 70_000));
  body.push(...shorts(0, -1, 5), ...shorts(0, 3, 6, 9, 12), ...values, ...extended);
  return Uint8Array.from(body);
}

for (const bits of [16, 32]) {
  test(`an entry with numbers of ${bits} bits is read`, () => {
    const t = parse_entry(entry(bits))!;
    assert.deepEqual([t.name, t.long_name], ['x', 'a terminal']);
    assert.deepEqual([t.flag('bw'), t.flag('am'), t.flag('AX')], [false, true, true]);
    assert.deepEqual([t.number('cols'), t.number('it'), t.number('U9')], [80, -1, bits === 16 ? 300 : 70_000]);
    assert.deepEqual(
      ['cbt', 'bel', 'cr', 'XX', 'E3', 'kUP5'].map(name => t.string(name)),
      ['back', null, 'return', '\x1b[9x', null, '\x1b[1;5A'],
    );
    assert.deepEqual(t.extended_strings, ['XX', 'E3', 'kUP5']);
    assert.deepEqual(
      ['am', 'cols', 'cup', 'E3', 'U9', 'none'].map(name => kind_of(t, name)),
      ['flag', 'number', 'string', 'string', 'number', null],
    );
  });
}

test('what is no entry, or cut short, does no harm', () => {
  assert.equal(parse_entry(new Uint8Array(0)), null);
  assert.equal(parse_entry(Uint8Array.from(text('nothing of the kind'))), null);
  const whole = entry(16);
  for (let n = 0; n < whole.length; n++) parse_entry(whole.subarray(0, n));
});

test('where entries are looked for', () => {
  const env: Record<string, string> = { TERMINFO: '/t', HOME: '/h', TERMINFO_DIRS: '/a::/b' };
  const paths = entry_paths('xterm', name => env[name]);
  assert.deepEqual(
    paths.filter(path => path.includes('/x/')).map(path => path.slice(0, -'/x/xterm'.length)),
    ['/t', '/h/.terminfo', '/a', '/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo', '/b'],
  );
  assert.equal(paths[1], '/t/78/xterm');
  const found = find_entry(
    'xterm',
    name => env[name],
    path => (path === '/b/x/xterm' ? entry(16) : null),
  );
  assert.equal(found?.name, 'x');
  assert.equal(
    find_entry(
      '../xterm',
      () => undefined,
      () => entry(16),
    ),
    null,
  );
});

test('delays are taken out of strings', () => {
  assert.deepEqual(split_padding('a$<5>b$<20/>c$'), [
    { text: 'a', wait: 0 },
    { text: 'b', wait: 20 },
    { text: 'c$', wait: 0 },
  ]);
  assert.equal(tparm('%p1%s', [0]), null);
});

/** A terminal with cursor addressing, and what else is given. */
function screen(strings: Record<string, string> = {}, flags: string[] = []): [Screen, () => string] {
  const terminal = new Terminfo('test');
  const usual = { cup: '<%p1%d,%p2%d>', clear: '<clear>', sgr0: '<plain>', bold: '<bold>', el: '<el>' };
  for (const [name, value] of Object.entries({ ...usual, ...strings })) terminal.strings.set(name, value);
  for (const name of ['am', 'xenl', ...flags]) terminal.flags.set(name, true);
  const s = new Screen(terminal, 4, 20);
  const output = new Output(s);
  const update = (): string => {
    s.refresh_later(s.standard);
    output.update();
    return output
      .take()
      .map(piece => piece.text)
      .join('');
  };
  return [s, update];
}

test('an update sends what has changed', () => {
  const [s, update] = screen();
  const w = s.standard;
  add_string(w, 'hello', -1);
  assert.equal(update(), '<clear>hello');
  assert.equal(update(), '');
  w.move(2, 3);
  assert.equal(update(), '<2,3>');
  add_string(w, 'abc', -1);
  assert.equal(update(), 'abc');
  w.move(0, 1);
  add_string(w, 'E', -1);
  w.move(0, 0);
  assert.equal(update(), '<0,1>E\r');
  // Cells in between are written again where moving takes as long.
  add_string(w, 'HeLlO', -1);
  assert.equal(update(), 'HeLlO');
  w.move(0, 0);
  add_string(w, 'h', -1);
  w.move(0, 15);
  add_string(w, 'x', -1);
  assert.equal(update(), '\rh<0,15>x');
  w.erase();
  assert.equal(update(), '\r<el><2,3>   <0,0>');
});

test('attributes are sent when they change, and end with the update', () => {
  const [s, update] = screen();
  const w = s.standard;
  update();
  w.attr_set(A_BOLD);
  add_string(w, 'ab', -1);
  w.attr_set(0);
  add_string(w, 'c', -1);
  assert.equal(update(), '<bold>ab<plain>c');
});

test('the last cell is written without scrolling', () => {
  for (const [flags, strings, sent] of [
    [[], {}, 'x<0,0>'],
    [['no xenl'], { rmam: '<nowrap>', smam: '<wrap>' }, '<nowrap>x<wrap>'],
    [['no xenl'], { ich1: '<insert>' }, '<3,18>x<3,18><insert>w'],
    [['no xenl'], {}, ''],
  ] as [string[], Record<string, string>, string][]) {
    const [s, update] = screen(strings);
    if (flags.length > 0) s.terminal.flags.delete('xenl');
    const w = s.standard;
    w.set(3, 18, 'w', 0);
    update();
    w.set(3, 19, 'x', 0);
    const out = update();
    assert.ok(out.includes(sent), JSON.stringify([sent, out]));
    assert.equal(out.includes('x'), sent !== '');
  }
});

test('characters of the alternate set are those of Unicode where the terminal has none', () => {
  for (const [strings, sent] of [
    [{}, '\xe2\x94\x80'],
    [{ smacs: '<acs>', rmacs: '<no acs>', acsc: 'q-' }, '<acs>-'],
  ] as [Record<string, string>, string][]) {
    const [s, update] = screen(strings);
    s.standard.set(0, 0, 'q', A_ALTCHARSET);
    assert.ok(update().startsWith(`<clear>${sent}`));
  }
});

test('wide characters take two cells', () => {
  const [s, update] = screen();
  const w = s.standard;
  add_string(w, '語x', -1);
  assert.equal(update(), '<clear>\xe8\xaa\x9ex');
  w.set(0, 0, 'a', 0);
  // The terminal itself clears what is left of the wide one.
  assert.equal(update(), '\ra<0,3>');
});
