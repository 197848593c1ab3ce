// The visualizer: links of a report, alignments of comparisons.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLAIN } from '../../../src/tools/style.ts';
import { readPyc } from '../../../src/tools/versions/pyc_file.ts';
import { versionNames } from '../../../src/tools/versions/version.ts';
import { comparePlaces, comparePlacesOf } from '../../../src/tools/visualize/compare.ts';
import { renderGrid } from '../../../src/tools/visualize/compare_text.ts';
import { grids } from '../../../src/tools/visualize/grid.ts';
import { makeReport, type Report } from '../../../src/tools/visualize/report.ts';
import { places, readUnit, select, splitTarget } from '../../../src/tools/visualize/unit.ts';
import { recordedFiles, recordedSource } from './recorded.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function report(source: string, name: string | null = null): Report {
  const unit = readUnit(bytes(source), 'x.py', {});
  return makeReport(unit, select(unit, name));
}

test('an instruction leads to its node and its piece of the source', () => {
  const source = "def f(a):\n    é = 'ü' + g(a)\n    return é\n";
  const made = report(source, 'f');
  const [f] = made.functions;
  const seen = f!.instructions.map(i => {
    const node = made.nodes[i.node];
    const [line, column, , end] = i.span ?? [0, 0, 0, 0];
    return `${i.opname} ${node?.label} ${made.lines![line - 1]?.slice(column, end)}`;
  });
  assert.deepEqual(seen.slice(1), [
    "LOAD_CONST Constant 'ü'",
    'LOAD_GLOBAL Name g',
    'LOAD_FAST_BORROW Name a',
    'CALL Call g(a)',
    "BINARY_OP BinOp 'ü' + g(a)",
    'STORE_FAST Name é',
    'LOAD_FAST_BORROW Name é',
    'RETURN_VALUE Return return é',
  ]);
});

test('nodes come in the order of a walk; each function finds its own', () => {
  const made = report(recordedSource('decorator_with_arguments'));
  made.nodes.forEach((node, i) => {
    assert.ok(node.end > i && node.end <= made.nodes.length);
    if (i + 1 < node.end) assert.equal(made.nodes[i + 1]!.depth, node.depth + 1);
  });
  assert.deepEqual(
    made.functions.map(f => [f.path, made.nodes[f.root]!.label, made.nodes[f.root]!.detail, f.lines.slice(0, 1)]),
    [
      ['<module>', 'Module', '', [1]],
      ['retry', 'FunctionDef', 'retry', [2]],
      ['retry.deco', 'FunctionDef', 'deco', [3]],
      ['retry.deco.inner', 'FunctionDef', 'inner', [4]],
    ],
  );
});

test('a graph has a place for each block and a way for each edge', () => {
  for (const name of ['try_all', 'match_classes', 'while_and']) {
    for (const f of report(recordedSource(name)).functions) {
      const picture = f.picture!;
      assert.equal(picture.blocks.length, f.graph.blocks.length);
      const edges = f.graph.blocks.reduce((n, b) => n + b.successors.length + b.handlers.length, 0);
      assert.equal(picture.edges.length, edges);
      for (const [i, a] of picture.blocks.entries()) {
        for (const b of picture.blocks.slice(i + 1)) {
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          assert.ok(apart, `${name}: B${a.index} and B${b.index} overlap`);
        }
      }
    }
  }
});

test('every instruction of both sides stands in one row, in order, for each pair of versions', () => {
  const names = versionNames();
  for (let v = 1; v < names.length; v++) {
    const older = new Map(recordedFiles(names[v - 1]!).map(f => [f.name, f.pyc]));
    for (const { name, pyc } of recordedFiles(names[v]!)) {
      const before = older.get(name);
      if (before === undefined || name.startsWith('generated_')) continue;
      const [left, right] = [readPyc(before).code, readPyc(pyc).code];
      const c = comparePlaces(name, ['a', left], ['b', right], true);
      const column = (side: 'left' | 'right'): number[] =>
        c.rows.flatMap(row => (row[side] === null ? [] : [row[side]]));
      assert.deepEqual(
        column('left'),
        c.left.instructions.map((_, i) => i),
        name,
      );
      assert.deepEqual(
        column('right'),
        c.right.instructions.map((_, i) => i),
        name,
      );
      for (const row of c.rows) {
        if (row.kind !== 'changed') continue;
        const [a, b] = [c.left.words[row.left!]!, c.right.words[row.right!]!];
        // Whatever faces each other is the same instruction, or what it became: then a note says so.
        assert.ok(a.name === b.name || row.notes.length > 0, `${name}: ${a.name} and ${b.name}`);
      }
    }
  }
});

test('versions are compared in both directions alike', () => {
  const [old, young] = ['3.8', '3.13'].map(v => readPyc(recordedFiles(v).find(f => f.name === 'gcd')!.pyc).code);
  const names = (a: typeof old, b: typeof old): string[] => {
    const { comparisons } = comparePlacesOf(
      { title: 'a', places: places(a!) },
      { title: 'b', places: places(b!) },
      true,
    );
    return comparisons.flatMap(c => c.notes.map(n => n.text)).sort();
  };
  assert.ok(names(old, young).length > 3);
  assert.deepEqual(names(young, old), names(old, young));
});

test('a comprehension against a loop: the difference in words', () => {
  const unit = readUnit(
    bytes(
      'def a(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out\ndef b(xs):\n    return [x for x in xs]\n',
    ),
    'x.py',
    {},
  );
  const [c] = comparePlacesOf(
    { title: 'loop', places: select(unit, 'a') },
    { title: 'list', places: select(unit, 'b') },
    false,
  ).comparisons;
  assert.deepEqual(c!.summary, ['1 attribute lookup fewer', '1 call fewer']);
  const text = renderGrid(grids([c!])[0]!, PLAIN);
  assert.match(text, /list after loop: 1 attribute lookup fewer, 1 call fewer\./);
  assert.match(text, /^.*FOR_ITER {13}→ L2 .*FOR_ITER/m);
});

test('what only one version has is told, with the reason', () => {
  const [old, young] = ['3.11', '3.12'].map(
    v => readPyc(recordedFiles(v).find(f => f.name === 'list_comprehension')!.pyc).code,
  );
  const { unmatched } = comparePlacesOf(
    { title: 'a', places: places(old!) },
    { title: 'b', places: places(young!) },
    true,
  );
  assert.deepEqual(
    unmatched.map(u => [u.path, u.side, /PEP 709/.test(u.why)]),
    [
      ['<listcomp>', 'left', true],
      ['<listcomp>#2', 'left', true],
      ['<listcomp>#3', 'left', true],
    ],
  );
});

test('a target is a file, or a function of one', () => {
  const exists = (name: string): boolean => name === 'odd:name';
  assert.deepEqual(splitTarget('a.py:A.f', exists), { file: 'a.py', name: 'A.f' });
  assert.deepEqual(splitTarget('odd:name', exists), { file: 'odd:name', name: null });
  assert.throws(() => report('def f(): pass\n', 'g'), /x\.py: no function 'g': there are f/);
});

test('a column for each of several versions: each holds its instructions in order', () => {
  for (const name of ['try_finally', 'comprehension_closure', 'with_loop', 'complex_condition']) {
    const codes = ['3.8', '3.11', '3.13', '3.14'].map(
      v => readPyc(recordedFiles(v).find(f => f.name === name)!.pyc).code,
    );
    const comparisons = codes.slice(1).flatMap((code, i) => {
      const side = (each: typeof code): { title: string; places: ReturnType<typeof places> } => ({
        title: each.version.name,
        places: places(each),
      });
      return comparePlacesOf(side(codes[i]!), side(code), true).comparisons;
    });
    for (const grid of grids(comparisons)) {
      grid.sides.forEach((side, i) => {
        const column = grid.rows.flatMap(row => row.cells[i] ?? []);
        assert.deepEqual(
          column,
          side.instructions.map((_, k) => k),
          `${name} ${grid.path} ${side.title}`,
        );
      });
      for (const row of grid.rows) {
        row.kinds.slice(1).forEach((kind, i) => {
          const [a, b] = [row.cells[i], row.cells[i + 1]];
          assert.equal(kind === 'added', a === null && b !== null);
          assert.equal(kind === 'removed', a !== null && b === null);
        });
      }
      assert.equal(
        renderGrid(grid, PLAIN)
          .split('\n')[1]!
          .trim()
          .split(/\s{2,}/).length,
        grid.sides.length,
      );
    }
  }
});
