// ast.ts: `pyvarium ast`: the syntax tree, as ast.dump writes it and as a drawn tree.                     CPython: Lib/ast.py
//
// Fields and their kinds come from the table of node types (src/parser/asdl.ts).
import { ASDL } from '../parser/asdl.ts';
import { Complex, Ellipsis, FrozenSet, PyTuple, SurrogateStr } from '../parser/constants.ts';
import { bytesRepr, floatRepr, strRepr } from '../parser/unparse.ts';
import type { Json } from './json.ts';
import type { Style } from './style.ts';

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly list: boolean;
}

export interface NodeType {
  readonly fields: readonly Field[];
  readonly positions: boolean;
}

/** A node of the parser's: `_type` names it, the rest are its fields and positions. */
export interface TreeNode {
  readonly _type: string;
  readonly [field: string]: unknown;
}

const POSITIONS = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

let types: Map<string, NodeType> | null = null;

/** Fields of a node type, from the table. */
export function nodeType(name: string): NodeType {
  if (types === null) {
    types = new Map();
    for (const [node, , text, positions] of ASDL) {
      const fields = text
        .split(', ')
        .filter(f => f !== '')
        .map(f => {
          const [type, field] = f.split(' ') as [string, string];
          return {
            name: field,
            type: type.replace(/[?*]/g, ''),
            optional: type.endsWith('?'),
            list: type.endsWith('*'),
          };
        });
      types.set(node, { fields, positions });
    }
  }
  return types.get(name) ?? { fields: [], positions: false };
}

export function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && '_type' in value;
}

/** repr() of a constant of the tree. */
export function constantRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === Ellipsis) return 'Ellipsis';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatRepr(value);
  if (typeof value === 'string' || value instanceof SurrogateStr) return strRepr(value);
  if (value instanceof Uint8Array) return bytesRepr(value);
  if (value instanceof Complex) return complexRepr(value);
  if (value instanceof PyTuple) {
    const items = value.items.map(constantRepr);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  if (value instanceof FrozenSet) return `frozenset({${value.items.map(constantRepr).join(', ')}})`;
  return String(value);
}

/** Parts without the `.0` of repr(float). */
function complexRepr({ real, imag }: Complex): string {
  const part = (x: number): string => floatRepr(x).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${part(imag)}j`;
  const text = part(imag);
  return `(${part(real)}${text.startsWith('-') ? '' : '+'}${text}j)`;
}

export interface DumpOptions {
  /** Spaces per level; null for all in one line. */
  readonly indent?: number | null;
  readonly attributes?: boolean;
  readonly showEmpty?: boolean;
}

/** As ast.dump(tree, include_attributes=, indent=, show_empty=). CPython: Lib/ast.py:dump */
export function dumpTree(tree: TreeNode, options: DumpOptions = {}): string {
  const { indent = null, attributes = false, showEmpty = false } = options;
  const format = (value: unknown, kind: Field | null, level: number): [text: string, simple: boolean] => {
    const prefix = indent === null ? '' : `\n${' '.repeat(indent * (level + 1))}`;
    const separator = indent === null ? ', ' : `,${prefix}`;
    if (Array.isArray(value)) {
      if (value.length === 0) return ['[]', true];
      return [`[${prefix}${value.map(item => format(item, kind, level + 1)[0]).join(separator)}]`, false];
    }
    if (!isNode(value)) return [leaf(value, kind), true];
    const args: string[] = [];
    let simple = true;
    const add = (name: string, item: unknown, field: Field): void => {
      const [text, one] = format(item, field, level + 1);
      simple &&= one;
      args.push(`${name}=${text}`);
    };
    const { fields, positions } = nodeType(value._type);
    for (const field of fields) {
      const item = value[field.name];
      if (item === null && field.optional && !field.list) continue;
      if (!showEmpty && Array.isArray(item) && item.length === 0) continue;
      add(field.name, item, field);
    }
    if (attributes && positions) {
      for (const name of POSITIONS) add(name, value[name], { name, type: 'int', optional: false, list: false });
    }
    const inline = simple && args.length <= 3;
    return [
      inline ? `${value._type}(${args.join(', ')})` : `${value._type}(${prefix}${args.join(separator)})`,
      inline && args.length === 0,
    ];
  };
  return format(tree, null, 0)[0];
}

/** Operators and contexts are nodes without fields in Python, and names here. */
function isOperator(kind: Field | null): boolean {
  return kind !== null && /^(expr_context|boolop|operator|unaryop|cmpop)$/.test(kind.type);
}

function leaf(value: unknown, kind: Field | null): string {
  if (isOperator(kind)) return `${value as string}()`;
  if (kind?.type === 'int' || kind?.type === 'bool') return value === null ? 'None' : String(value);
  if (kind?.type === 'constant') return constantRepr(value);
  return typeof value === 'number' ? String(value) : constantRepr(value);
}

/** The tree for JSON: `_type`, the fields, the positions; constants as their repr() and type. */
export function treeJson(value: unknown, kind: Field | null = null): Json {
  if (Array.isArray(value)) return value.map(item => treeJson(item, kind));
  if (!isNode(value)) {
    if (kind?.type === 'constant') return constantJson(value);
    if (typeof value === 'bigint') return String(value);
    return (value ?? null) as Json;
  }
  const out: Record<string, Json> = { _type: value._type };
  const { fields, positions } = nodeType(value._type);
  for (const field of fields) out[field.name] = treeJson(value[field.name], field);
  if (positions) for (const name of POSITIONS) out[name] = value[name] as number;
  return out;
}

function constantJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  return { repr: constantRepr(value) };
}

/** Branches of a node for the drawn tree: what to write on the edge, and the child. */
function branches(node: TreeNode): [label: string, child: unknown, kind: Field][] {
  const out: [string, unknown, Field][] = [];
  for (const field of nodeType(node._type).fields) {
    const value = node[field.name];
    if (Array.isArray(value)) {
      value.forEach((item, i) => {
        out.push([value.length === 1 ? field.name : `${field.name}[${i}]`, item, field]);
      });
    } else if (isNode(value)) out.push([field.name, value, field]);
  }
  return out;
}

/** Fields that stand beside the node's name. */
function details(node: TreeNode, style: Style): string {
  const out: string[] = [];
  for (const field of nodeType(node._type).fields) {
    const value = node[field.name];
    if (isNode(value) || Array.isArray(value) || (value === null && field.type !== 'constant')) continue;
    if (field.type === 'expr_context') {
      if (value !== 'Load') out.push(style.as('dim', String(value)));
      continue;
    }
    const text = isOperator(field) || field.type === 'identifier' ? String(value) : leaf(value, field);
    const kind =
      field.type !== 'constant'
        ? isOperator(field)
          ? 'keyword'
          : 'bold'
        : typeof value === 'string'
          ? 'string'
          : 'number';
    out.push(field.type === 'int' ? style.as('dim', `${field.name}=${text}`) : style.as(kind, text));
  }
  return out.join(' ');
}

/** The tree drawn with lines, each node with its place in the source. */
export function drawTree(tree: TreeNode, style: Style): string {
  const out: string[] = [];
  const draw = (value: unknown, kind: Field | null, label: string, lead: string, next: string): void => {
    const edge = label === '' ? '' : `${style.as('dim', `${label}: `)}`;
    if (!isNode(value)) {
      const text = leaf(value, kind);
      out.push(
        `${style.as('dim', lead)}${edge}${style.as(isOperator(kind) ? 'keyword' : 'bold', text.replace(/\(\)$/, ''))}`,
      );
      return;
    }
    const inner = branches(value).filter(([, child, field]) => child !== null || !field.optional);
    const place =
      typeof value['lineno'] === 'number'
        ? `  ${style.as('dim', `${value['lineno']}:${String(value['col_offset'])}`)}`
        : '';
    const note = details(value, style);
    out.push(
      `${style.as('dim', lead)}${edge}${style.as('opcode', value._type)}${note === '' ? '' : ` ${note}`}${place}`,
    );
    // An argument list without arguments says nothing.
    const shown = inner.filter(
      ([, child]) => !(isNode(child) && child._type === 'arguments' && branches(child).length === 0),
    );
    shown.forEach(([name, child, field], i) => {
      const last = i === shown.length - 1;
      draw(child, field, name, next + (last ? '└─ ' : '├─ '), next + (last ? '   ' : '│  '));
    });
  };
  draw(tree, null, '', '', '');
  return `${out.join('\n')}\n`;
}
