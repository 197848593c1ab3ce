// names.ts: the names of the tools, for the command line, which loads them (dist/tools.cjs) when one is asked for.

export const TOOL_NAMES = [
  'tokens',
  'ast',
  'symtable',
  'cfg',
  'dis',
  'code',
  'pyc',
  'stack',
  'analyze',
  'profile',
  'visualize',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];

/** The version that the tools describe, in their JSON. */
export const PYTHON = '3.14';
