// scopes.ts: `pyvarium symtable`: the scopes of a program, what each name in them is, and why.           CPython: Lib/symtable.py
//
// Kinds are the compiler's own decisions (src/compiler/symtable_analyze.ts); the reason is told from the same bits.

import type { Symtable, SymtableEntry } from '../compiler/symtable_entry.ts';
import * as st from '../compiler/symtable_entry.ts';
import type { Json } from './json.ts';
import { padEnd, type Style } from './style.ts';

export interface NameReport {
  readonly name: string;
  /** local, cell, free, global (declared), global (implicit). */
  readonly scope: string;
  /** What the source does with it: parameter, assigned, imported, used … */
  readonly uses: readonly string[];
  /** Why the scope is what it is. */
  readonly why: string;
}

export interface ScopeReport {
  readonly type: string;
  readonly name: string;
  readonly lineno: number;
  readonly id: number;
  /** nested, generator, coroutine … */
  readonly traits: readonly string[];
  readonly names: readonly NameReport[];
  readonly children: readonly ScopeReport[];
}

const TYPES = ['function', 'class', 'module', 'annotation', 'type alias', 'type parameters', 'type variable'] as const;

const SCOPES: Readonly<Record<number, string>> = {
  [st.LOCAL]: 'local',
  [st.GLOBAL_EXPLICIT]: 'global (declared)',
  [st.GLOBAL_IMPLICIT]: 'global (implicit)',
  [st.FREE]: 'free',
  [st.CELL]: 'cell',
};

const USES: readonly (readonly [bit: number, text: string])[] = [
  [st.DEF_PARAM, 'parameter'],
  [st.DEF_LOCAL, 'assigned'],
  [st.DEF_IMPORT, 'imported'],
  [st.DEF_TYPE_PARAM, 'type parameter'],
  [st.DEF_ANNOT, 'annotated'],
  [st.DEF_COMP_ITER, 'comprehension target'],
  [st.DEF_GLOBAL, 'declared global'],
  [st.DEF_NONLOCAL, 'declared nonlocal'],
  [st.DEF_FREE_CLASS, 'free in a method'],
  [st.USE, 'used'],
];

function title(entry: SymtableEntry): string {
  return entry.type === st.ModuleBlock ? 'module' : `${TYPES[entry.type] ?? 'block'} ${entry.name}`;
}

/** Which blocks below take the name from here. */
function takers(entry: SymtableEntry, name: string): string[] {
  return entry.children.filter(child => child.scope(name) === st.FREE).map(title);
}

function reason(entry: SymtableEntry, name: string, parents: readonly SymtableEntry[]): string {
  const bits = entry.symbol(name);
  const how =
    bits & st.DEF_PARAM
      ? 'a parameter'
      : bits & st.DEF_IMPORT
        ? 'imported here'
        : bits & st.DEF_TYPE_PARAM
          ? 'a type parameter'
          : bits & st.DEF_COMP_ITER
            ? 'the target of a comprehension'
            : bits & st.DEF_LOCAL
              ? 'assigned here'
              : bits & st.DEF_ANNOT
                ? 'annotated here'
                : 'bound here';
  switch (entry.scope(name)) {
    case st.LOCAL:
      return entry.type === st.ModuleBlock ? `${how}: a name of the module` : how;
    case st.CELL: {
      const by = takers(entry, name);
      return `${how}, and taken by ${by.length > 0 ? by.join(', ') : 'an inner block'}`;
    }
    case st.GLOBAL_EXPLICIT:
      return bits & st.DEF_GLOBAL ? "a 'global' statement says so" : "a 'global' statement of the class around says so";
    case st.FREE: {
      const owner = [...parents].reverse().find(p => p.type !== st.ClassBlock && p.scope(name) === st.CELL);
      if (name === '__class__' || name === '__classdict__') return 'the cell that the class keeps for its methods';
      const from = owner === undefined ? 'an enclosing function' : title(owner);
      if (bits & st.DEF_NONLOCAL) return `a 'nonlocal' statement: the cell of ${from}`;
      return (bits & ~0xfff) === bits ? `passed on from ${from} to an inner block` : `not bound here, but in ${from}`;
    }
    default: {
      if (entry.type === st.ModuleBlock) return 'used and never bound here: a builtin, or bound from outside';
      const top = parents[0];
      if (top !== undefined && top.symbol(name) & st.DEF_BOUND) return "not bound in any function around: the module's";
      return 'bound nowhere in this file: a builtin, or bound from outside';
    }
  }
}

function traits(entry: SymtableEntry): string[] {
  const out: string[] = [];
  if (entry.nested) out.push('nested');
  if (entry.generator) out.push('generator');
  if (entry.coroutine) out.push('coroutine');
  if (entry.compInlined) out.push('inlined comprehension');
  if (entry.varargs) out.push('*args');
  if (entry.varkeywords) out.push('**kwargs');
  if (entry.needsClassClosure) out.push('keeps __class__ for its methods');
  if (entry.needsClassdict) out.push('keeps __classdict__');
  if (entry.hasDocstring) out.push('docstring');
  return out;
}

/** The scopes of a symbol table, the module's first. */
export function scopeReport(table: Symtable): ScopeReport {
  const visit = (entry: SymtableEntry, parents: readonly SymtableEntry[]): ScopeReport => ({
    type: TYPES[entry.type] ?? 'block',
    name: entry.name,
    lineno: Math.max(0, entry.loc.lineno),
    id: entry.id,
    traits: traits(entry),
    names: [...entry.symbols.keys()].map(name => ({
      name,
      scope: SCOPES[entry.scope(name)] ?? 'unused',
      uses: USES.filter(([bit]) => entry.symbol(name) & bit).map(([, text]) => text),
      why: reason(entry, name, parents),
    })),
    children: entry.children.map(child => visit(child, [...parents, entry])),
  });
  return visit(table.top, []);
}

export function scopesJson(report: ScopeReport): Json {
  return { ...report, children: report.children.map(scopesJson) } as unknown as Json;
}

const KINDS = { local: 'good', cell: 'warn', free: 'warn' } as const;

/** Every function has an annotation scope, most of them without annotations. */
function saysNothing({ type, names, children }: ScopeReport): boolean {
  return (
    type === 'annotation' &&
    children.length === 0 &&
    names.every(n => n.name === '.format' || n.name === '__classdict__')
  );
}

/** Scopes as an outline, a line for each name. */
export function renderScopes(report: ScopeReport, style: Style): string {
  const out: string[] = [];
  const visit = (scope: ScopeReport, indent: string): void => {
    const name = scope.type === 'module' ? '' : ` ${style.as('bold', scope.name)}`;
    const place = scope.lineno > 0 ? style.as('dim', `  line ${scope.lineno}`) : '';
    const notes = scope.traits.length > 0 ? style.as('dim', `  (${scope.traits.join(', ')})`) : '';
    out.push(`${indent}${style.as('title', scope.type)}${name}${place}${notes}`);
    const width = Math.max(0, ...scope.names.map(n => n.name.length));
    for (const { name: id, scope: kind, uses, why } of scope.names) {
      const colour = KINDS[kind as keyof typeof KINDS] ?? 'accent';
      out.push(
        `${indent}    ${padEnd(id, width)}  ${style.as(colour, padEnd(kind, 17))} ${padEnd(uses.join(', '), 24)} ${style.as('dim', why)}`.trimEnd(),
      );
    }
    for (const child of scope.children) {
      if (saysNothing(child)) continue;
      out.push('');
      visit(child, `${indent}  `);
    }
  };
  visit(report, '');
  return `${out.join('\n')}\n`;
}
