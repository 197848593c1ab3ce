// index.ts: the tools as a library, `import ... from 'pyvarium/tools'`.
//
// Each tool is a function to data (plain objects that JSON can hold), and functions from that data to text for a terminal
// (with a Style) and, where there is a picture, to an HTML file. Nothing here touches files, processes or the terminal.
export {
  analyzeCode,
  analyzeProgram,
  type Finding,
  type FunctionReport,
  type Measures,
  measureProgram,
  withRun,
} from './analyze.ts';
export {
  addTotals,
  compareRows,
  emptyTotals,
  functionJson,
  renderFunction,
  renderTable,
  SORT_KEYS,
  type SortKey,
  type SummaryRow,
  summaryRow,
  type Totals,
} from './analyze_text.ts';
export { drawTree, dumpTree, nodeType, type TreeNode, treeJson } from './ast.ts';
export { allCode, codeJson, findCode, pycJson, renderCode, renderPycHeader } from './code.ts';
export { diffLines } from './diff.ts';
export { decisions, flowGraph } from './flow.ts';
export { escapeHtml, htmlPage, type Page } from './html.ts';
export { type Json, toJson } from './json.ts';
export { listingJson, renderListing } from './listing.ts';
export { passesJson, passReports, renderPasses } from './passes.ts';
export {
  type GilWait,
  type Pause,
  type Profile,
  type ProfiledFunction,
  profileData,
} from './profile/data.ts';
export { chromeTrace, collapsedStacks, pstatsFile, speedscope } from './profile/exports.ts';
export { MemoryRecorder } from './profile/memory.ts';
export { flamePage } from './profile/page.ts';
export { PassOn } from './profile/pass_on.ts';
export { Recorder } from './profile/recorder.ts';
export { Sampler } from './profile/sampler.ts';
export { type Clock, ProfileSession, type SessionOptions } from './profile/session.ts';
export { compareProfiles, renderProfile } from './profile/text.ts';
export { Program, type ProgramOptions, ToolError } from './program.ts';
export { renderScopes, scopeReport, scopesJson } from './scopes.ts';
export { renderStack, stackJson, stackReport } from './stack.ts';
export { renderRun, runJson, StepRecorder } from './stack_run.ts';
export { bar, PLAIN, Style, table, textWidth } from './style.ts';
export { renderTokens, type TokenRow, tokenRows, tokensJson } from './tokens.ts';
export { AnyCode, fromCompiler } from './versions/code.ts';
export { disassemble } from './versions/instructions.ts';
export { listing } from './versions/listing.ts';
export {
  explained,
  looksLikePyc,
  type PycFile,
  PycProblem,
  readMarshalledCode,
  readPyc,
} from './versions/pyc_file.ts';
export { ownVersion } from './versions/version.ts';
export {
  type Comparison,
  comparePlaces,
  comparePlacesOf,
  type Unmatched,
} from './visualize/compare.ts';
export { comparisonPage, type UnmatchedOf } from './visualize/compare_page.ts';
export { listTitles, renderGrid, renderUnmatched } from './visualize/compare_text.ts';
export { type Grid, gridJson, grids } from './visualize/grid.ts';
export { makeReport, type Report, reportJson } from './visualize/report.ts';
export { reportPage } from './visualize/report_page.ts';
export { renderReport } from './visualize/report_text.ts';
export { type Place, places, readUnit, select, splitTarget, type Unit } from './visualize/unit.ts';
