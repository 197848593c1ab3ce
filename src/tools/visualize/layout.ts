// layout.ts: the control-flow graph as a picture: where blocks and edges stand (dagre's layered layout).
import { Graph, layout } from '@dagrejs/dagre';
import type { FlowGraph } from '../flow.ts';

export interface PlacedBlock {
  readonly index: number;
  /** Upper left corner and size, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly reachable: boolean;
  readonly loopDepth: number;
}

export interface PlacedEdge {
  readonly from: number;
  readonly to: number;
  /** next: the way on; jump; back: a loop; handler: where exceptions go. */
  readonly kind: 'next' | 'jump' | 'back' | 'handler';
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface GraphPicture {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly PlacedBlock[];
  readonly edges: readonly PlacedEdge[];
}

/** Sizes of the text in blocks, in pixels; the page's style sheet has the same. */
export const CHARACTER = 6.7;
export const ROW = 15;
const PADDING = 8;

/** Graphs with more blocks are not laid out: the time grows with the square, and nobody reads them. */
const MOST_BLOCKS = 400;

/** `rows` gives the texts of each block. Null for a graph too large to be drawn. */
export function placeGraph(graph: FlowGraph, rows: readonly (readonly string[])[]): GraphPicture | null {
  if (graph.blocks.length > MOST_BLOCKS) return null;
  const g = new Graph({ multigraph: true });
  g.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 30, edgesep: 12, marginx: 12, marginy: 12 });
  g.setDefaultEdgeLabel(() => ({}));
  for (const { index } of graph.blocks) {
    const texts = rows[index]!;
    const width = texts.reduce((most, text) => Math.max(most, text.length), 4) * CHARACTER + 2 * PADDING;
    g.setNode(String(index), { width, height: texts.length * ROW + 2 * PADDING });
  }
  const kinds: [number, number, PlacedEdge['kind']][] = [];
  for (const block of graph.blocks) {
    for (const to of block.successors)
      kinds.push([block.index, to, to === block.index + 1 ? 'next' : to <= block.index ? 'back' : 'jump']);
    for (const to of block.handlers) kinds.push([block.index, to, 'handler']);
  }
  for (const [from, to, kind] of kinds) g.setEdge(String(from), String(to), { weight: kind === 'next' ? 3 : 1 }, kind);
  layout(g);
  const round = (n: number): number => Math.round(n * 10) / 10;
  const blocks = graph.blocks.map(({ index, reachable, loopDepth }): PlacedBlock => {
    const { x, y, width, height } = g.node(String(index)) as { x: number; y: number; width: number; height: number };
    return {
      index,
      x: round(x - width / 2),
      y: round(y - height / 2),
      width: round(width),
      height: round(height),
      reachable,
      loopDepth,
    };
  });
  const edges = kinds.map(([from, to, kind]): PlacedEdge => {
    const { points } = g.edge(String(from), String(to), kind) as { points: { x: number; y: number }[] };
    return { from, to, kind, points: points.map(p => [round(p.x), round(p.y)] as const) };
  });
  const size = g.graph() as { width?: number; height?: number };
  return { width: Math.ceil(size.width ?? 0), height: Math.ceil(size.height ?? 0), blocks, edges };
}
