// index.ts: the tools as a library, `import ... from 'pyvarium/tools'`.
//
// Each tool is a function to data (plain objects that JSON can hold), and functions from that data to text for a terminal
// (with a Style) and, where there is a picture, to an HTML file. Nothing here touches files, processes or the terminal.
export { escapeHtml, htmlPage, type Page } from './html.ts';
export { type Json, toJson } from './json.ts';
export { Program, type ProgramOptions, ToolError } from './program.ts';
export { bar, PLAIN, Style, table, textWidth } from './style.ts';
export { renderTokens, type TokenRow, tokenRows, tokensJson } from './tokens.ts';
