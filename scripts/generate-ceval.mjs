// generate-ceval.mjs: writes src/vm/ceval.generated.ts, the eval loops, from src/vm/bytecodes.inst.
//
// Two loops come from one source: eval_loop, and eval_loop_observed, which reports every instruction to the observer
// (tracing, profiling, monitoring) before it runs, and knows no specialised forms. Case labels are numeric literals (measured in the
// design: 9.0 ns an instruction against 25.9 with imported constants).
import { readFileSync, writeFileSync } from 'node:fs';

const at = path => new URL(path, import.meta.url);
const source = readFileSync(at('../src/vm/bytecodes.inst'), 'utf8');
const generated = readFileSync(at('../src/opcode/opcodes.generated.ts'), 'utf8');
const table = readFileSync(at('../src/opcode/opcodes.ts'), 'utf8');

const number = new Map(
  [...generated.matchAll(/^export const ([A-Z][A-Z0-9_]*) = (\d+);/gm)].map(m => [m[1], Number(m[2])]),
);
for (const m of readFileSync(at('../src/core/object.ts'), 'utf8').matchAll(/^export const (G_\w+) = (\d+);/gm)) number.set(m[1], Number(m[2]));
const caches = JSON.parse(
  `[${/OPCODE_CACHES: readonly number\[\] = \[([^\]]*)\]/.exec(generated)[1].replace(/,\s*$/, '')}]`,
);
const deopt = JSON.parse(
  `[${/OPCODE_DEOPT: readonly number\[\] = \[([^\]]*)\]/.exec(generated)[1].replace(/,\s*$/, '')}]`,
);

const bodies = new Map();
/** Bodies that are cases of the loop's switch; the others are functions. */
const hot = new Set();
/** For bodies written in terms of operands: the loads in front of them with which they are fused, by what these load. */
const operands = new Map();
/** Cases of the loop's switch that do part of what bodies do, which are functions. */
const paths = new Map();
/** Bodies that the observed loop has in place of the plain ones. */
const observedBodies = new Map();
let current = null;
for (const line of source.split('\n')) {
  if (line.startsWith('#')) continue;
  const m = /^(hot )?(?:inst|path) (\w+)( observed)?(?: operands ([A-Z ]+))?$/.exec(line);
  if (m) {
    current = [];
    if (m[4]) operands.set(m[2], m[4].split(' '));
    const path = line.startsWith('hot path');
    (path ? paths : m[3] ? observedBodies : bodies).set(m[2], current);
    if (m[1] && !path) hot.add(m[2]);
  } else if (current !== null && line.trim() !== '') current.push(line);
}

/** Replaces MACRO(...) with balanced parentheses. */
function expandCall(text, name, make) {
  for (;;) {
    const i = text.search(new RegExp(`\\b${name}\\(`));
    if (i < 0) return text;
    let depth = 0;
    let j = i + name.length;
    do {
      if (text[j] === '(') depth++;
      if (text[j] === ')') depth--;
      j++;
    } while (depth > 0);
    text = text.slice(0, i) + make(text.slice(i + name.length + 1, j - 1)) + text.slice(j);
  }
}

/** Numbers for fused instructions: those that CPython has no instruction for, and those of its instrumented forms, which never stand
 *  in running code here. */
const free = Array.from({ length: 255 }, (_, n) => n).filter(
  n => ![...number.entries()].some(([name, m]) => m === n && bodies.has(name)) && n >= 122,
);
const fused = [];
for (const [inst, kinds] of operands) {
  for (const kind of kinds.slice(1)) fused.push({ inst, kind, number: free.shift() });
}
if (fused.some(f => f.number === undefined)) throw new Error('no opcode is left for a fused instruction');

const RELOAD = 'L = frame.localsplus; sp = frame.sp; exec = (frame.co as CodePayload).exec!;';

/** What stands in front of a fused instruction, and how many operands are then left on the stack. The letters tell the operands: S
 *  the stack, F a fast local, K a small int. */
const FUSIONS = {
  S: { loads: [], drop: 1 },
  F: { loads: ['LOAD_FAST_BORROW'], drop: 0 },
  SS: { loads: [], drop: 2 },
  SF: { loads: ['LOAD_FAST_BORROW'], drop: 1 },
  SK: { loads: ['LOAD_SMALL_INT'], drop: 1 },
  FF: { loads: ['LOAD_FAST_BORROW_LOAD_FAST_BORROW'], drop: 0 },
  FK: { loads: ['LOAD_FAST_BORROW', 'LOAD_SMALL_INT'], drop: 0 },
};
const FIRST = {
  S: 'L[sp - 1]',
  SS: 'L[sp - 2]',
  SF: 'L[sp - 1]',
  SK: 'L[sp - 1]',
  F: 'L[oparg]',
  FF: 'L[oparg >> 4]',
  FK: 'L[oparg]',
};
const SECOND = { SS: 'L[sp - 1]', SF: 'L[oparg]', FF: 'L[oparg & 15]' };

/** Replaces the macros of a body written in terms of operands. */
function expandOperands(text, kind, size, opcode) {
  const { loads, drop } = FUSIONS[kind];
  const off = loads.length;
  const first = FIRST[kind];
  const second = SECOND[kind];
  const popped = kind[0] === 'S';
  text = expandCall(text, 'OPERANDS', a => {
    const [t, u] = a.split(',').map(x => x.trim());
    const y = second ? 'b.v' : kind === 'SK' ? 'oparg' : 'exec[ip + 1]! >> 8';
    return `const a = ${first}; ${second ? `const b = ${second};` : ''}
    if (a.ob_type !== ${t}${second ? ` || b.ob_type !== ${u}` : ''}) DEOPT
    const x = a.v; const y = ${y};`;
  });
  // Attributes: what the cache holds depends on the opcode.
  const guard = `const u = exec[ip + 1]!; if ((u & 255) !== ${opcode}) DEOPT`;
  const macros = {
    OWNER: `const owner = ${first}; ${off === 0 ? '' : guard}`,
    ARGUMENT: off === 0 ? 'oparg' : '(u >> 8)',
    SECOND: second ? 'b' : 'get_small_int(y)',
    AT: off === 0 ? 'ip' : `ip + ${off}`,
    WORD: off === 0 ? 'w' : `exec[ip + ${off}]!`,
    RELEASE_LEAVES: `${popped ? 'a.ob_refcnt--;' : ''} ${kind === 'SS' ? 'b.ob_refcnt--;' : ''}`,
    RELEASE_KEY: kind === 'SS' ? 'b.ob_refcnt--;' : '',
    RELEASE_FIRST: popped ? 'DECREF(a)' : '',
    RELEASE_OWNER: popped ? 'DECREF(owner)' : '',
    OWN_OWNER: popped ? '' : 'INCREF(owner)',
    DROP_OPERANDS: drop === 0 ? '' : `sp -= ${drop};`,
    DROP: String(drop),
  };
  text = text.replace(new RegExp(`\\b(${Object.keys(macros).join('|')})\\b`, 'g'), word => macros[word]);
  text = expandCall(text, 'CACHE', n => `exec[ip + ${off + Number(n)}]!`);
  return { text, size: size + off, off };
}

/** One, if NOT_TAKEN stands so many units further. */
const notTaken = n => `((exec[ip + ${n}]! & 255) === ${number.get('NOT_TAKEN')} ? 1 : 0)`;

/** Jumps, if a conditional jump comes next, without making the bool that it would look at (the observed loop sees every
 *  instruction); else pushes the bool. */
const testText = truth => `const nx = exec[ip]!; const nop = nx & 255;
      if (nop === ${number.get('POP_JUMP_IF_FALSE')} || nop === ${number.get('POP_JUMP_IF_TRUE')}) { ip += 2 + ((nop === ${number.get('POP_JUMP_IF_TRUE')}) === ${truth} ? nx >> 8 : ${notTaken(2)}); continue; }
      L[sp++] = newref(${truth} ? Py_True : Py_False); continue;`;

/** What the loop does with what instructions computed, behind its switch. */
const RESULTS = `// A truth value was computed.
      ${testText('holds')} }
      // A float was computed.
      ready = new PyObject(PyFloat_Type, number, null); break push; }
      // A safe integer was computed.
      ready = number >= -5 && number <= 256 ? newref(get_small_int(number)) : new PyObject(PyLong_Type, number, null); }
      // A value is to be pushed: at once into a local variable, if it would be stored there next.
      const next = exec[ip]!;
      if ((next & 255) !== ${number.get('STORE_FAST')}) { L[sp++] = ready; continue; }
      const local = next >> 8; dead = L[local]; L[local] = ready; ip++;
      if (PY_DEBUG && dead !== null) debug_decref(dead);
      if (dead === null || --dead.ob_refcnt !== 0) continue; }
      `;

/** The text of a body. `where` is 'loop', 'observed' (a case of that loop) or 'function'. */
function expand(name, lines, where, kind = operands.get(name)?.[0]) {
  const observed = where === 'observed';
  const inFunction = where === 'function';
  const base = deopt[number.get(name)];
  let size = 1 + caches[base];
  // The observed loop runs the general forms only.
  let text = (observed ? lines.filter(line => !line.includes('--exec[ip + 1] < 0')) : lines).join('\n');
  let off = 0;
  if (kind !== undefined) ({ text, size, off } = expandOperands(text, kind, size, number.get(name)));
  const at = off === 0 ? 'ip' : `ip + ${off}`;
  // An object dies at the end of most instructions: one place in the loop sees to it for all. What comes before is written so
  // that no operation stands on a path of its own: V8 gives up its code when it gets to one that it has not seen executed.
  const last = (v, may_be_null) =>
    where === 'loop'
      ? `ip += ${size}; if (PY_DEBUG${may_be_null ? ` && ${v} !== null` : ''}) debug_decref(${v});
      if (${may_be_null ? `${v} === null || ` : ''}--${v}.ob_refcnt !== 0) continue;
      dead = ${v}; break drop;`
      : `${may_be_null ? `if (${v} !== null) ` : ''}DECREF(${v}) NEXT`;
  text = text.replace(/(?<!\) )\bDECREF\((\w+)\)(\s*\})\s*NEXT\s*$/, (_m, v, brace) => `${last(v, false)}${brace}`);
  text = expandCall(text, 'XDECREF_LAST', v => last(v, true));
  text = text.replace(
    /\bCALL_GENERAL\b/g,
    `const base = sp - oparg - 2; let f = L[base];
    if (f.ob_type === PyMethod_Type && L[base + 1] === null) f = unpack_method(L, base);${observed ? '' : '\n    else if (f.ob_type.tp_call === slot_tp_call && L[base + 1] === null) f = unpack_callable(L, base);\n    else if (f.ob_type === PyType_Type && L[base + 1] === null) {\n      const nf = init_frame(f, L, base, sp, null);\n      if (nf !== null) { frame.return_ip = ip + ' + size + '; sp = base; frame.sp = sp; DECREF(f) ENTER_FRAME(nf) }\n    }'}
    const start = L[base + 1] === null ? base + 2 : base + 1;
    if (f.ob_type === PyFunction_Type) {
      const nf = frame_for_call(f, L, start, sp, null);
      frame.return_ip = ip + ${size}; sp = base; frame.sp = sp;
      ENTER_FRAME(nf)
    }
    const r = ${observed ? 'observe_vectorcall(tstate, frame, f, L.slice(start, sp), null)' : 'call_stack(f, L, start, sp)'};
    sp = drop_call(L, base, sp); L[sp++] = r; CHECK_BREAKER`,
  );
  text = expandCall(text, 'ENTER', a => `{ const nf = ${a}; frame.return_ip = ip + ${size}; ENTER_FRAME(nf) }`);
  text = expandCall(text, 'METHOD', a => `{ const nf = ${a}; if (nf !== null) ENTER_FRAME(nf) }`);
  text = expandCall(
    text,
    'ENTER_FRAME',
    a =>
      inFunction
        ? `{ ${a}.previous = frame; tstate.frame = ${a};
      if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, ${a}); return RAISED; }
      return GO_ON; }`
        : `{ ${a}.previous = frame; frame = ${a}; tstate.frame = ${a};
      if (++tstate.recursion_depth > tstate.recursion_limit) { outcome.value = recursion_exceeded(tstate, ${a}); return RAISED; }
      RELOAD ip = ${observed ? '0' : `(exec[0]! & 255) === ${number.get('RESUME_CHECK')} && tstate.eval_breaker === 0 ? 1 : 0`}; continue${observed ? '' : ' outer'}; }`,
  );
  text = expandCall(text, 'RESUME_GEN', a => {
    const [gen, value] = a.split(',').map(s => s.trim());
    return `{ const g = ${gen}.v as GenPayload; const gf = g.frame; gf.localsplus[gf.sp++] = ${value}; g.state = GEN_EXECUTING;
      g.exc_state.previous = tstate.exc_info; tstate.exc_info = g.exc_state; gf.previous = frame; tstate.frame = gf; tstate.recursion_depth++;
      ${inFunction ? 'return GO_ON;' : 'frame = gf; RELOAD ip = frame.instr; continue;'} }`;
  });
  // What comes after a result has been computed is there once for all instructions of the loop.
  const push = v => `L[sp++] = ${v}; NEXT`;
  const results = {
    PUSH: ['push', 'ready', push],
    PUSH_INT: ['ints', 'number', v => push(`PyLong_FromLong(${v})`)],
    PUSH_FLOAT: ['floats', 'number', v => push(`PyFloat_FromDouble(${v})`)],
    TEST: ['test', 'holds', v => (inFunction ? `ip += ${size}; ${testText(v)}` : push(`newref(${v} ? Py_True : Py_False)`))],
  };
  for (const [macro, [label, variable, elsewhere]] of Object.entries(results)) {
    text = expandCall(text, macro, v => (where === 'loop' ? `${variable} = ${v}; ip += ${size}; break ${label};` : elsewhere(v)));
  }
  text = expandCall(
    text,
    'RERAISE_WITH',
    a => `{ outcome.value = ${a}; outcome.ip = ip; frame.sp = sp; return RERAISED; }`,
  );
  text = expandCall(text, 'RAISE', a => `{ outcome.value = ${a}; frame.instr = ip; frame.sp = sp; return RAISED; }`);
  text = expandCall(text, 'LEAVE', v => `{ outcome.value = ${v}; return LEFT; }`);
  text = expandCall(text, 'GO_BACK', a => {
    const [back, value] = a.split(',').map(s => s.trim());
    return inFunction
      ? `const to = ${back}; to.localsplus[to.sp++] = ${value}; to.instr = to.return_ip; return GO_ON;`
      : `frame = ${back}; RELOAD ip = frame.return_ip; L[sp++] = ${value}; continue;`;
  });
  text = expandCall(
    text,
    'JUMP_IF',
    a => `ip += ${size} + (${a} ? oparg : ${observed ? '0' : notTaken(size)}); continue;`,
  );
  text = expandCall(text, 'JUMP', a => `ip += ${size} + ${a}; continue;`);
  text = text.replace(
    /\bRETURN_LATER\b/g,
    `leave_frame(tstate, frame);
      if (later === UNFINISHED) { frame = back!; finish_instruction(frame, v); RELOAD ip = frame.instr; continue${observed ? '' : ' outer'}; }
      if (v !== Py_None) { decref(later); outcome.value = init_returned(v); return RAISED; }
      frame = back!; RELOAD
      LEAF_DECREF(v) ip = frame.return_ip; L[sp++] = later; continue;`,
  );
  const breaker = `eval_breaker(tstate); if (${observed ? '!' : ''}tstate.switch_loop)`;
  text = text.replace(/\bHANDLE_BREAKER\b/g, `if (tstate.eval_breaker !== 0) { SYNC ${breaker} SWITCH }`);
  text = text.replace(/\bCHECK_BREAKER\b/g, `if (tstate.eval_breaker !== 0) { SYNC ${breaker} { ip += SIZE; SWITCH } }`);
  text = text.replace(/\bSIZE\b/g, String(size));
  text = text.replace(/\bSWITCH\b/g, '{ frame.instr = ip; frame.sp = sp; return SWITCHED; }');
  // One place in the loop does it for all: what V8 has seen there once, it has seen for every instruction.
  text = text.replace(
    /\bDEOPT\b/g,
    inFunction ? `{ exec[ip] = (w & ~255) | ${base}; frame.instr = ip; frame.sp = sp; return GO_ON; }` : 'break dispatch;',
  );
  text = text.replace(/\bOUTSIDE\b/g, 'break outside;');
  text = text.replace(/\bNEXT\b/g, size === 1 ? 'ip++; continue;' : `ip += ${size}; continue;`);
  text = text.replace(/\bSYNC\b/g, `frame.instr = ${at}; frame.sp = sp;`);
  text = text.replace(/\bRELOAD\b/g, RELOAD);
  text = text.replace(/(\w+)\.ob_refcnt--;/g, (_m, v) => `{ if (PY_DEBUG) debug_decref(${v}); ${v}.ob_refcnt--; }`);
  text = expandCall(text, 'LEAF_DECREF', v => `{ if (PY_DEBUG) debug_decref(${v}); ${v}.ob_refcnt--; }`);
  text = expandCall(text, 'INCREF', v => `{ if (PY_DEBUG) debug_incref(${v}); ${v}.ob_refcnt++; }`);
  const release = (v, leaf) => `{ if (PY_DEBUG) debug_decref(${v}); if (--${v}.ob_refcnt === 0${leaf}) dealloc_at(frame, ${at}, sp, ${v}); }`;
  text = expandCall(text, 'DECREF_CONTAINER', v => release(v, ''));
  text = expandCall(text, 'DECREF', v =>
    /^\w+$/.test(v) ? release(v, ` && (${v}.ob_type.tp_dealloc !== null || (${v}.g & G_TOLD) !== 0)`) : `decref(${v});`,
  );
  // Only what every instruction needs is a loop variable: each one costs moves at every jump back (measured: 12 of them made
  // an instruction 2 ns slower).
  text = text
    .replace(/(?<![\w.])(consts|names|objs)(?=\[)/g, '(frame.co as CodePayload).$1')
    .replace(/(?<![\w.])objs(?=[,)])/g, '(frame.co as CodePayload).objs')
    .replace(/(?<![\w.])co(?=[,)])/g, '(frame.co as CodePayload)');
  // Names of opcodes become numbers, with the name beside them.
  text = text.replace(/\b[A-Z][A-Z0-9_]{3,}\b/g, id =>
    number.has(id) && !id.startsWith('GEN_') ? `${number.get(id)} /* ${id} */` : id,
  );
  if (inFunction) text = text.replace(/\bcontinue;/g, '{ frame.instr = ip; frame.sp = sp; return GO_ON; }');
  return text;
}

/** How the observed loop begins an instruction. */
const HEAD = `if (!tstate.switch_loop) { tstate.prev_instr = frame.instr; frame.instr = ip; frame.sp = sp; return SWITCHED; }
      const prev = frame.instr; frame.instr = ip; frame.sp = sp;
      `;
const OBSERVE = `
      const base = GENERAL_FORM[w & 255]!;
      if (tstate.tracing === 0) { const to = observer.instruction(tstate, frame, prev, base, oparg); if (to !== ip) { ip = to; sp = frame.sp; continue; } }`;

/** Bodies that may leave the loop at the eval breaker, or report calls: cases of the observed loop. */
const LEAVES_LOOP = /SWITCH|HANDLE_BREAKER|CHECK_BREAKER|CALL_GENERAL/;

/** Says of the loop's numbers that they are 32-bit integers: `ip`, `sp` and reference counts. V8 then keeps them in registers as they
 *  are. Without, they are tagged values, each use of which begins with a check, and each sum ends with one. */
function int32(text) {
  const bare = '(?<![.\\w])';
  return text
    .replace(new RegExp(`${bare}(let )?(ip|sp) = ([^;]+);`, 'g'), '$1$2 = ($3) | 0;')
    .replace(new RegExp(`${bare}(ip|sp) ([+-])= ([^;]+);`, 'g'), '$1 = ($1 $2 ($3)) | 0;')
    .replace(/\bL\[sp\+\+\] = ([^;]+);/g, '{ L[sp] = $1; sp = (sp + 1) | 0; }')
    .replace(new RegExp(`${bare}(ip|sp)([+-])[+-];`, 'g'), '$1 = ($1 $2 1) | 0;')
    .replace(/--sp\b/g, '(sp = (sp - 1) | 0)')
    .replace(/--(\w+)\.ob_refcnt\b/g, '($1.ob_refcnt = ($1.ob_refcnt - 1) | 0)')
    .replace(/\b(\w+)\.ob_refcnt([+-])[+-];/g, '$1.ob_refcnt = ($1.ob_refcnt $2 1) | 0;');
}

/** A program's frames mostly run in one call of the loop's function, which V8 brings over to compiled code at a jump back, of an outer
 *  loop first. It knows nothing there of the types of variables, and keeps numbers as tagged values in the loop that it enters:
 *  not in one inside it. So what programs repeat (jumps back, calls) goes round an outer loop. */
const OUTER_LOOP = `outer: for (;;) { ip |= 0; sp |= 0;
  `;

function loop(name, observed) {
  let out = `
export function ${name}(tstate: PyThreadState, frame: InterpreterFrame, ip: number): number {
  let L: Ref[] = frame.localsplus;
  let sp = frame.sp;
  let exec = (frame.co as CodePayload).exec!;
  ${observed ? '' : 'let VARIABLES;'}
  ${observed ? '' : OUTER_LOOP}for (;;) {
      ${observed ? HEAD : ''}const w = exec[ip]!;
      const oparg = w >> 8;${observed ? OBSERVE : '\n      const at = ip;\n      let dead: Ref, ready: Ref, number: Ref, holds: Ref;'}
      ${observed ? '' : 'drop: { push: { ints: { floats: { test: { outside: { dispatch: '}switch (${observed ? 'base' : 'w & 255'}) {
`;
  const body = out.length;
  for (const [inst, plain] of bodies) {
    if (!number.has(inst)) throw new Error(`${inst} is not in the opcode table`);
    if (observed && deopt[number.get(inst)] !== number.get(inst)) continue;
    if (!hot.has(inst) && !(observed && (observedBodies.has(inst) || LEAVES_LOOP.test(plain.join(' '))))) continue;
    const lines = (observed && observedBodies.get(inst)) || plain;
    const put = (n, comment, kind) => {
      const text = expand(inst, lines, observed ? 'observed' : 'loop', kind);
      out += `        case ${n}: // ${comment}\n${text.replace(/^/gm, '        ')}\n`;
    };
    put(number.get(inst), inst);
    if (observed) continue;
    for (const f of fused.filter(f => f.inst === inst)) put(f.number, `${FUSIONS[f.kind].loads.join(', ')}, ${inst}`, f.kind);
  }
  if (!observed) {
    for (const [inst, lines] of paths) out += `        case ${number.get(inst)}: // ${inst}\n${expand(inst, lines, 'loop').replace(/^/gm, '        ')}\n`;
  }
  // Declared once, the bodies' variables share V8's registers: with some hundreds each bytecode takes twice the room.
  if (!observed) {
    const names = new Set();
    const shared = out.slice(body).replace(/\b(?:const|let) (\w+)(?:: \w+)? = /g, (_, name) => {
      names.add(name);
      return `${name} = `;
    });
    out = out.slice(0, body).replace('VARIABLES', [...names].map(name => `${name}: Ref`).join(', ')) + shared;
  }
  // V8 makes a jump table of a switch whose labels are dense, and a chain of comparisons of another.
  const cases = new Set([...out.matchAll(/^        case (\d+):/gm)].map(m => Number(m[1])));
  const others = Array.from({ length: 256 }, (_, n) => n).filter(n => !cases.has(n));
  const labels = others.map(n => `case ${n}:`).join(' ');
  const call = `frame.instr = ip; frame.sp = sp;${observed ? '\n          const at = ip; const of = frame;' : ''}
          const code = INSTRUCTIONS[${observed ? 'base' : 'w & 255'}]!(tstate, frame, ${observed ? '(w & ~255) | base' : 'w'});
          if (code !== GO_ON) return code;
          if (tstate.frame !== frame) { frame = tstate.frame!; L = frame.localsplus; exec = (frame.co as CodePayload).exec!; }
          ip = frame.instr; sp = frame.sp;${observed ? ' if (frame === of) frame.instr = at;' : ''}
          continue${observed ? '' : ' outer'};`;
  if (observed) {
    return `${out}        ${labels} {
          ${call}
        }
      }
  }
}
`;
  }
  return int32(`${out}        ${labels}
          break outside;
      }
      // A guard failed: the general form of the instruction runs.
      exec[ip] = (w & ~255) | GENERAL_FORM[w & 255]!;
      continue outer; }
      // An instruction that is a function.
          ${call} }
      ${RESULTS}// The last reference to \`dead\` is gone.
      if (dead.ob_type.tp_dealloc !== null || (dead.g & ${number.get('G_TOLD')}) !== 0) { frame.instr = at; frame.sp = sp; _Py_Dealloc(dead); }
  } }
}
`);
}

/** A function for each instruction that is no case of the loop, and the table of all of them. They work on the saved frame: frame.instr
 *  and frame.sp (of tstate.frame, which may be another one then) say afterwards where to go on. */
function functions() {
  let out = '';
  const table = new Array(256).fill('op_unknown');
  for (const [inst, lines] of bodies) {
    if (hot.has(inst)) continue;
    const text = expand(inst, lines, 'function');
    if (/break loop/.test(text)) throw new Error(`${inst} breaks out of the loop`);
    table[number.get(inst)] = `op_${inst}`;
    const uses = word => new RegExp(`\\b${word}\\b`).test(text);
    out += `
function op_${inst}(tstate: PyThreadState, frame: InterpreterFrame, w: number): number {
  try {
${uses('L') ? '    const L: Ref[] = frame.localsplus;\n' : ''}    let sp = frame.sp;
    let ip = frame.instr;
${uses('exec') ? '    const exec = (frame.co as CodePayload).exec!;\n' : ''}${uses('oparg') ? '    const oparg = w >> 8;\n' : ''}${text.replace(/^/gm, '    ')}
  } catch (e) {
    return raised(frame, e);
  }
}
`;
  }
  return `${out}
/** What an instruction's function throws is caught there: the fewer JavaScript frames V8 has to look at, the sooner it is done. */
function raised(frame: InterpreterFrame, e: unknown): number {
  const { exc } = as_raised(e);
  instruction_failed(frame, exc);
  outcome.value = exc;
  return RAISED;
}

function op_unknown(_tstate: PyThreadState, _frame: InterpreterFrame, w: number): number {
  throw new Error(\`unknown opcode \${w & 255}\`);
}

const INSTRUCTIONS: ((tstate: PyThreadState, frame: InterpreterFrame, w: number) => number)[] = [
  ${table.join(', ')},
];
`;
}

const header = `// Written by scripts/generate-ceval.mjs from bytecodes.inst: change that file, not this one.
/* eslint-disable */
// biome-ignore-all lint: generated
// @ts-nocheck: bodies are checked as a whole by the tests; locals are typed loosely for the generator's sake.
import type { InterpreterFrame } from '../core/frame.ts';
import { PyObject, Py_TPFLAGS_MAPPING, Py_TPFLAGS_SEQUENCE, Py_TPFLAGS_TYPE_SUBCLASS, SLOT_IN_V, _Py_Dealloc, debug_decref, debug_incref, decref, newref } from '../core/object.ts';
import { EVAL_BLOCKED, type PyThreadState } from '../core/tstate.ts';
IMPORTS
declare const PY_DEBUG: boolean;
type Ref = any;

// What the loops return.
/** The other loop is to go on, with the thread's frame. */
export const SWITCHED = 1;
/** The first frame was left, by \`return\` or \`yield\`: the value is the outcome. */
export const LEFT = 2;
/** The outcome is raised by the instruction at frame.instr of the thread's frame. */
export const RAISED = 3;
/** The outcome is raised again by the instruction at outcome.ip; frame.instr is where it was raised first. */
export const RERAISED = 4;
/** What the function of an instruction returns besides. */
const GO_ON = 0;

/** The value (owned) that goes with LEFT, RAISED and RERAISED. */
export const outcome: { value: PyObject | null; ip: number } = { value: null, ip: 0 };
`;

// Imports: every free identifier of the bodies is looked up in the files that may provide it.
const providers = [
  ['../core/errors.ts', 'as_raised take_failure'],
  ['../core/arrays.ts', 'items_of'],
  [
    '../objects/abstract.ts',
    'PyNumber_Negative PyNumber_Invert PyObject_GetItem PyObject_SetItem PyObject_DelItem PyObject_GetIter PySequence_Contains PySequence_Tuple PyObject_Size PyObject_IsInstance PyObject_Format',
  ],
  ['../objects/boolobject.ts', 'Py_True Py_False'],
  ['../objects/call.ts', 'PyObject_Vectorcall PyObject_Call'],
  ['../objects/classobject.ts', 'PyMethod_Type'],
  ['../objects/codeobject.ts', 'type:CodePayload'],
  ['../objects/dictobject.ts', 'KeyError_New PyDict_GetItem PyDict_SetItem PyDict_Contains PyDict_Type'],
  ['../objects/dict/table.ts', 'type:DictTable'],
  ['../objects/exceptions.ts', 'PyErr_GivenExceptionMatches PyExc_StopAsyncIteration'],
  ['../objects/floatobject.ts', 'PyFloat_FromDouble PyFloat_Type'],
  ['../objects/funcobject.ts', 'PyFunction_New PyFunction_Type'],
  [
    '../objects/genobject.ts',
    'GEN_EXECUTING GEN_SUSPENDED GEN_SUSPENDED_YIELD_FROM type:GenPayload PyGen_Type PyCoro_Type sendResult gen_from_frame',
  ],
  ['../objects/listobject.ts', 'PyList_Type PyListIter_Type type:ListIter list_append_steal'],
  ['../objects/longobject.ts', 'PyLong_FromLong PyLong_Type get_small_int long_add long_sub long_mul'],
  ['../objects/methodobject.ts', 'PyCFunction_Type'],
  ['../objects/moduleobject.ts', 'PyModule_Type'],
  [
    '../objects/object.ts',
    'attribute_or_null no_attribute PyObject_SetAttr PyObject_IsTrue PyObject_RichCompare PyObject_Str Py_None store_inline',
  ],
  ['../objects/rangeobject.ts', 'PyRangeIter_Type type:RangeIter'],
  ['../objects/setobject.ts', 'PySet_Add PySet_Contains PySet_Type PyFrozenSet_Type'],
  ['../objects/sliceobject.ts', 'PySlice_Type'],
  ['../objects/templateobject.ts', '_PyTemplate_Build'],
  ['../objects/tupleobject.ts', 'PyTuple_FromArraySteal PyTuple_Type PyTupleIter_Type type:TupleIter'],
  ['../objects/typeobject.ts', 'PyType_Type inline_attribute'],
  ['../objects/typeobject/slots.ts', 'slot_tp_call'],
  ['../objects/unicodeobject.ts', 'PyUnicode_Concat PyUnicode_FromOrdinal PyUnicode_Type unicode_eq'],
  ['./arguments.ts', 'frame_for_call frame_for_call_ex frame_for_init init_frame frame_for_1 frame_for_2'],
  ['./frames.ts', 'dealloc_at new_frame leave_frame recursion_exceeded renew_locals'],
  ['./intrinsics.ts', 'intrinsic_1 intrinsic_2'],
  ['./iterators.ts', 'for_iter_next'],
  [
    './names.ts',
    'copy_free_vars delete_global delete_name import_from import_name load_build_class load_from_dict_or_deref load_from_dict_or_globals load_global load_locals load_name make_cell_steal raise_unbound_deref raise_unbound_local set_function_attribute setup_annotations store_name',
  ],
  ['./observe.ts', 'observe_call_ex observe_send observe_super observe_vectorcall observer'],
  ['../opcode/fused.generated.ts', 'GENERAL_FORM'],
  [
    './ops.ts',
    'binary_op binary_slice build_interpolation build_list build_map build_set build_slice_steal build_string builtins_isinstance builtins_len call_native_stack call_stack check_call_ex cleanup_throw common_constant convert_value dict_merge_op dict_update_op drop_call get_aiter get_anext get_awaitable init_returned list_append_descr list_extend_op load_method load_special load_super_attr match_class match_keys send_value small_int_op set_add_op set_update_op store_slice to_bool_steal unpack_callable unpack_ex unpack_method unpack_method_ex unpack_sequence with_except_start yield_from_iter',
  ],
  ['./special.ts', 'UNFINISHED finish_instruction instruction_failed frame_for_binary frame_for_bool frame_for_compare frame_for_contains frame_for_getattr frame_for_method_ex frame_for_next frame_for_setattr frame_for_setitem frame_for_unary is_simple'],
  [
    './specialize.ts',
    'fuse specialize_binary_op specialize_call specialize_compare_op specialize_contains_op specialize_for_iter specialize_load_attr specialize_load_global specialize_store_attr specialize_store_subscr specialize_to_bool specialize_unpack_sequence',
  ],
  ['./unwind.ts', 'check_eg_match check_exc_match do_raise unwind'],
  ['./breaker.ts', 'eval_breaker first_jump'],
];
const imports = providers
  .map(([path, names]) => {
    const list = names.split(' ').map(n => (n.startsWith('type:') ? `type ${n.slice(5)}` : n));
    return `import { ${list.join(', ')} } from '${path}';`;
  })
  .join('\n');

writeFileSync(
  at('../src/vm/ceval.generated.ts'),
  header.replace('IMPORTS', imports) + loop('eval_loop', false) + loop('eval_loop_observed', true) + functions(),
);

/** A table from opcode to opcode, by lines of sixteen. */
const bytes = f =>
  `[\n${Array.from({ length: 16 }, (_, row) => `  ${Array.from({ length: 16 }, (_, n) => f(16 * row + n)).join(', ')},\n`).join('')}]`;
const firstLoad = n => {
  const f = fused.find(f => f.number === n);
  return f && number.get(FUSIONS[f.kind].loads[0]);
};
writeFileSync(
  at('../src/opcode/fused.generated.ts'),
  `// Written by scripts/generate-ceval.mjs from src/vm/bytecodes.inst.
//
// Loads that stand in front of some specialised instructions are executed together with these: a number that CPython does not use
// then stands in running code in place of the first load's. The other instructions stay where they are.

/** The instruction that a number in running code stands for: that of the first load for a fused one, else the number. */
export const UNFUSED: readonly number[] = ${bytes(n => firstLoad(n) ?? n)};

/** The general form of what runs at a number. */
export const GENERAL_FORM: readonly number[] = ${bytes(n => firstLoad(n) ?? deopt[n] ?? n)};
${Object.keys(FUSIONS)
  .filter(kind => FUSIONS[kind].loads.length > 0)
  .map(
    kind => `
/** The fused number by specialised instruction, 0 if there is none, where ${FUSIONS[kind].loads.join(', ')} stand before. */
export const FUSED_${kind}: readonly number[] = ${bytes(n => fused.find(f => f.kind === kind && number.get(f.inst) === n)?.number ?? 0)};
`,
  )
  .join('')}`,
);
const missing = [...number.keys()].filter(
  n =>
    number.get(n) < 234 &&
    deopt[number.get(n)] !== undefined &&
    !bodies.has(n) &&
    /^[A-Z]/.test(n) &&
    new RegExp(`'${n}'`).test(table),
);
if (missing.length > 0) console.error('no body for', missing.join(' '));
