// variables.ts: what `set NAME VALUE` changes.                                        GNU readline: bind.c:boolean_varlist

export interface Variables {
  flags: Record<string, boolean>;
  /** Texts and numbers, by name. */
  values: Record<string, string>;
}

const OTHER_NAMES: Record<string, string> = { 'meta-flag': 'input-meta' };
const ON = [
  'bind-tty-special-chars',
  'echo-control-characters',
  'enable-meta-key',
  'input-meta',
  'mark-directories',
  'match-hidden-files',
  'output-meta',
  'page-completions',
  'prefer-visible-bell',
];
const OFF = [
  'blink-matching-paren',
  'byte-oriented',
  'colored-completion-prefix',
  'colored-stats',
  'completion-ignore-case',
  'completion-map-case',
  'convert-meta',
  'disable-completion',
  'enable-active-region',
  'enable-bracketed-paste',
  'enable-keypad',
  'expand-tilde',
  'force-meta-prefix',
  'history-preserve-point',
  'horizontal-scroll-mode',
  'mark-modified-lines',
  'mark-symlinked-directories',
  'menu-complete-display-prefix',
  'print-completions-horizontally',
  'revert-all-at-newline',
  'search-ignore-case',
  'show-all-if-ambiguous',
  'show-all-if-unmodified',
  'show-mode-in-prompt',
  'skip-completed-text',
  'visible-stats',
];
const VALUES: Record<string, string> = {
  'active-region-end-color': '',
  'active-region-start-color': '',
  'bell-style': 'audible',
  'comment-begin': '#',
  'completion-display-width': '-1',
  'completion-prefix-display-length': '0',
  'completion-query-items': '100',
  'editing-mode': 'emacs',
  'emacs-mode-string': '@',
  'history-size': '-1',
  'isearch-terminators': '',
  keymap: 'emacs',
  'keyseq-timeout': '500',
  'vi-cmd-mode-string': '(cmd)',
  'vi-ins-mode-string': '(ins)',
};

export function new_variables(): Variables {
  const flags: Record<string, boolean> = {};
  for (const name of ON) flags[name] = true;
  for (const name of OFF) flags[name] = false;
  return { flags, values: { ...VALUES } };
}

/** The name as the tables have it, or null. */
export function variable_name(name: string): string | null {
  const lower = name.toLowerCase();
  const known = OTHER_NAMES[lower] ?? lower;
  return ON.includes(known) || OFF.includes(known) || known in VALUES ? known : null;
}

/** A value that is on or off. */
export function is_on(value: string): boolean {
  return value === '' || value === '1' || value.toLowerCase() === 'on';
}

export function number_of(value: string): number {
  const n = Number.parseInt(value, 10);
  return Number.isNaN(n) ? 0 : n;
}
