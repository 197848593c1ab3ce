// tools.test.ts: the tools as a library: what each says about small programs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allCode,
  analyzeProgram,
  diffLines,
  drawTree,
  dumpTree,
  fromCompiler,
  listing,
  PLAIN,
  Program,
  passReports,
  renderFunction,
  renderListing,
  renderPasses,
  renderScopes,
  renderStack,
  renderTokens,
  Style,
  scopeReport,
  stackReport,
  ToolError,
  type TreeNode,
  textWidth,
  toJson,
  tokenRows,
} from '../../../src/tools/index.ts';

const MEAN = `def mean(values, default=0):
    total = 0
    for v in values:
        if v is None or v < 0:
            continue
        total += v
    try:
        return total / len(values)
    except ZeroDivisionError as e:
        return default + 2 * 3
`;

const program = (source: string): Program => new Program(source, 'case.py');
const codeOf = (source: string, name: string): ReturnType<typeof fromCompiler> =>
  allCode(fromCompiler(program(source).code())).find(c => c.qualname === name)!;

test('tokens: type, exact type, place', () => {
  const rows = tokenRows(program('x += 1  # one\n'));
  assert.deepEqual(
    rows.map(r => [r.type, r.exact, r.string]),
    [
      ['NAME', null, 'x'],
      ['OP', 'PLUSEQUAL', '+='],
      ['NUMBER', null, '1'],
      ['COMMENT', null, '# one'],
      ['NEWLINE', null, '\n'],
      ['ENDMARKER', null, ''],
    ],
  );
  assert.deepEqual(rows[1]!.start, [1, 2]);
  assert.match(renderTokens(rows, program('x += 1  # one\n'), PLAIN), /1,2-1,4: +OP PLUSEQUAL +'\+='/);
});

test('tokens: a word that is a keyword says so', () => {
  const [first, second] = tokenRows(program('match = None\n')).filter(r => r.type === 'NAME');
  assert.equal(first!.exact, 'soft keyword');
  assert.equal(second!.exact, 'keyword');
});

test('ast: as ast.dump(tree, indent=2) writes it', () => {
  const tree = program('x = -1j\n').tree() as unknown as TreeNode;
  assert.equal(
    dumpTree(tree, { indent: 2 }),
    `Module(
  body=[
    Assign(
      targets=[
        Name(id='x', ctx=Store())],
      value=UnaryOp(
        op=USub(),
        operand=Constant(value=1j)))])`,
  );
  assert.equal(dumpTree(program('pass').tree() as unknown as TreeNode), 'Module(body=[Pass()])');
});

test('ast: the drawn tree', () => {
  const text = drawTree(program('x = a + 1\n').tree() as unknown as TreeNode, PLAIN);
  assert.match(text, /└─ value: BinOp Add {2}1:4\n.*├─ left: Name a {2}1:4\n.*└─ right: Constant 1 {2}1:8/);
});

test('symtable: what a name is, and why', () => {
  const source = 'import os\ndef f(a):\n  x = 1\n  def g():\n    nonlocal x\n    x += a\n    return len(os.name)\n';
  const report = scopeReport(program(source).symtable());
  const f = report.children.find(c => c.name === 'f')!;
  const g = f.children.find(c => c.name === 'g')!;
  const say = (scope: typeof g, name: string): string => {
    const n = scope.names.find(each => each.name === name)!;
    return `${n.scope}: ${n.why}`;
  };
  assert.equal(say(f, 'a'), 'cell: a parameter, and taken by function g');
  assert.equal(say(g, 'x'), "free: a 'nonlocal' statement: the cell of function f");
  assert.equal(say(g, 'a'), 'free: not bound here, but in function f');
  assert.equal(say(g, 'len'), 'global (implicit): bound nowhere in this file: a builtin, or bound from outside');
  assert.equal(say(g, 'os'), "global (implicit): not bound in any function around: the module's");
  assert.match(renderScopes(report, PLAIN), /function g {2}line 4/);
});

test('cfg: each pass with what it changed', () => {
  const unit = passReports(program(MEAN)).find(u => u.name === 'mean')!;
  const names = unit.passes.map(p => p.name);
  for (const name of [
    'constant folding and peephole',
    'remove unreachable blocks',
    'superinstructions',
    'borrowed loads',
  ])
    assert.ok(names.includes(name), name);
  const text = renderPasses([unit], PLAIN);
  // 2 * 3 is folded; a pair of loads becomes one; loads are borrowed.
  assert.match(text, /\+ B\d+ {2}LOAD_SMALL_INT 6/);
  assert.match(text, /\+ B\d+ {2}LOAD_FAST_LOAD_FAST total, v/);
  assert.match(text, /\+ B\d+ {2}LOAD_FAST_BORROW values/);
});

test('cfg: the last graph is what is assembled', () => {
  for (const unit of passReports(program(MEAN))) {
    const last = unit.passes.at(-1)!.blocks.flatMap(b => b.instructions.map(i => i.name));
    const name = unit.name;
    const code = name === 'mean' ? codeOf(MEAN, 'mean') : codeOf(MEAN, '<module>');
    const final = listing(code, { depth: 0 }).match(/(?<=^.*)\b[A-Z][A-Z_]{2,}\b/gm)!;
    // The assembler gives jumps their direction.
    const same = (a: string): string => a.replace(/^JUMP_(FORWARD|BACKWARD)(?=$|_NO)/, 'JUMP');
    assert.deepEqual(
      last.map(same),
      final
        .filter(n => /^[A-Z]+_|^RESUME|^COPY|^SWAP|^CALL|^NOP|^RERAISE/.test(n))
        .map(same)
        .slice(0, last.length),
    );
  }
});

test('dis: jumps are drawn from where they start to where they lead', () => {
  const text = renderListing(codeOf(MEAN, 'mean'), program(MEAN).lines, PLAIN);
  assert.match(text, /▸ +L1: +FOR_ITER/);
  assert.match(text, /3 {2}for v in values:/);
  assert.match(text, /L5 to L6 → L7/);
});

test('stack: symbolic values, never deeper than co_stacksize', () => {
  const report = stackReport(codeOf(MEAN, 'mean'));
  const texts = [...report.stacks.values()].map(s => s.after.join(' | '));
  assert.ok(texts.includes('iter(values) | total + v'));
  assert.ok(texts.includes('total / len(values)'));
  assert.ok(texts.includes('previous exc | exc | exc matches ZeroDivisionError'));
  assert.equal(report.deepest, report.code.stacksize);
  assert.match(renderStack(report, program(MEAN).lines, PLAIN), /BINARY_OP +\/ .* → total \/ len\(values\)/);
});

test('stack: where two ways meet, both values are shown', () => {
  const report = stackReport(codeOf('def f(a, b): return g(a or b)\n', 'f'));
  assert.ok([...report.stacks.values()].some(s => s.before.includes('‹a | b›')));
});

test('analyze: findings with the bytecode that proves them', () => {
  const source = `import os
LIMIT = 3
def work(items, seen=[]):
    out = []
    for x in items:
        if x is 3 or x == None:
            continue
        if x > LIMIT and os.path.exists(x) or os.path.isdir(x):
            out.append({'a': 1, 'b': 2})
        out.append(lambda: x)
    return out
    print('never')
`;
  const reports = analyzeProgram(program(source));
  const kinds = reports.flatMap(r => r.findings.map(f => `${f.kind} ${f.line}`));
  for (const kind of [
    'is-literal 6',
    'equals-none 6',
    'global-in-loop 8',
    'repeated-attribute 8',
    'constant-rebuilt 9',
    'function-in-loop 10',
    'unreachable 12',
    'mutable-default 3',
  ])
    assert.ok(kinds.includes(kind), `${kind} in ${kinds.join(', ')}`);
  assert.ok(reports.flatMap(r => r.findings).every(f => f.evidence.length > 0));
  const work = reports.find(r => r.name === 'work')!;
  assert.match(renderFunction(work, program(source).lines, PLAIN), /'is' compares identity with the literal 3/);
});

test('analyze: clean code has no findings', () => {
  assert.deepEqual(
    analyzeProgram(program('def f(a):\n    b = a + 1\n    return [x for x in b if x is not None]\n')).flatMap(
      r => r.findings,
    ),
    [],
  );
});

test('analyze: what would specialise', () => {
  const source = 'def f(n):\n    t = 0\n    for i in range(n):\n        t += i % 2\n    return len(str(t))\n';
  const f = analyzeProgram(program(source)).find(r => r.name === 'f')!;
  const likely = new Map(f.sites.map(s => [`${s.opcode} ${s.detail}`.trim(), s.likely]));
  assert.equal(likely.get('FOR_ITER to L2'), 'FOR_ITER_RANGE');
  assert.equal(likely.get('BINARY_OP %'), 'none');
  assert.ok(f.sites.some(s => s.likely === 'CALL_LEN') && f.sites.some(s => s.likely === 'CALL_STR_1'));
});

test('a wrong source is one line', () => {
  for (const source of ['x = (', 'x = "', 'def f(:', '# coding: nonsense\nx', 'x = 1\0']) {
    assert.throws(
      () => analyzeProgram(program(source)),
      (e: unknown) => e instanceof ToolError && /^case\.py.*Error: [^\n]+$/.test(e.message),
      source,
    );
  }
});

test('widths count cells, not escapes', () => {
  const style = new Style(true, 80);
  assert.equal(textWidth(style.as('bad', 'héllo')), 5);
  assert.equal(textWidth('日本'), 4);
});

test('json puts what fits on one line', () => {
  assert.equal(toJson({ a: [1, 2], b: undefined }), '{"a": [1, 2]}');
  assert.match(toJson({ list: Array.from({ length: 60 }, (_, i) => i) }), /^\{\n {2}"list": \[\n {4}0,\n/);
});

test('diffLines: the shortest script', () => {
  const changes = diffLines(['a', 'b', 'c', 'd'], ['a', 'c', 'x', 'd']);
  assert.deepEqual(
    changes.map(c => c.kind[0] + c.text),
    ['sa', 'rb', 'sc', 'ax', 'sd'],
  );
  assert.deepEqual(diffLines([], []), []);
});
