// inputrc.ts: what init files say: bindings, variables, conditions.              GNU readline: bind.c:rl_parse_and_bind

import { all_commands } from './commands.ts';
import type { Editor } from './editor.ts';
import { bind, ESC, type Keymap, named_key, submap, translate_keys } from './keymap.ts';
import { decode, encode } from './text.ts';
import { is_on, number_of, variable_name } from './variables.ts';

const VERSION = 8.3;
const NAME = 'python';
const SYSTEM_FILE = '/etc/inputrc';
/** Deeper than any sensible init file includes others. */
const MOST_INCLUDED = 50;

export interface Conditions {
  /** For each $if that is open, whether lines outside of it were skipped. */
  outer: boolean[];
  /** Lines are skipped. */
  skipping: boolean;
  /** The file that was read last. */
  last_file: string | null;
  /** The file being read and the line's number, for complaints. */
  file: string | null;
  line: number;
  depth: number;
}

export function new_conditions(): Conditions {
  return { outer: [], skipping: false, last_file: null, file: null, line: 0, depth: 0 };
}

function complain(e: Editor, message: string): void {
  const { file, line } = e.conditions;
  e.outside.complain(`readline: ${file === null ? '' : `${file}: line ${line}: `}${message}`);
}

/** Takes up one line of an init file. */
export function parse_and_bind(e: Editor, text: string): void {
  text = text.trimStart();
  if (text === '' || text.startsWith('#')) return;
  if (text.startsWith('$')) directive(e, text.slice(1));
  else if (e.conditions.skipping) return;
  else if (/^set(?:\s|$)/i.test(text)) set_variable(e, text.slice(3).trimStart());
  else bind_line(e, text);
}

/** Where a quoted text ends that begins at `start`; -1: nowhere. */
function closing(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[start]) return i;
  }
  return -1;
}

function bind_line(e: Editor, text: string): void {
  let i = 0;
  if (text[0] === '"') {
    i = closing(text, 0) + 1;
    if (i === 0) {
      complain(e, `${text}: no closing \`"' in key binding`);
      return;
    }
  }
  while (i < text.length && !/[:\s]/.test(text[i]!)) i++;
  const name = text.slice(0, i);
  if (i === text.length) {
    complain(e, `${name}: no key sequence terminator`);
    return;
  }
  if (text.slice(i, i + 2) === ':=') return;
  const action = text.slice(i + 1).trimStart();
  let keys: Uint8Array;
  if (name.startsWith('"')) keys = translate_keys(encode(name.slice(1, closing(name, 0))));
  else {
    const key = named_key(name);
    if (key < 0) {
      complain(e, `${name}: unknown key modifier`);
      return;
    }
    keys = key >= 0x80 && e.variables.flags['convert-meta'] ? Uint8Array.of(ESC, key & 0x7f) : Uint8Array.of(key);
  }
  if (keys.length === 0) return;
  if (action.startsWith('"') || action.startsWith("'")) {
    const end = closing(action, 0);
    if (end < 0) {
      complain(e, `\`${action}': missing closing quote for macro`);
      return;
    }
    bind(e.bound_map, keys, { macro: translate_keys(encode(action.slice(1, end))) });
    return;
  }
  const command = action.split(/\s/)[0]!.toLowerCase();
  bind(e.bound_map, keys, command in all_commands ? { command } : {});
}

function set_variable(e: Editor, text: string): void {
  const [, given, value] = /^(\S*)\s*(.*)$/s.exec(text)! as unknown as [string, string, string];
  const name = variable_name(given);
  if (name === null) {
    complain(e, `${given}: unknown variable name`);
    return;
  }
  if (!set(e, name, name in e.variables.flags ? value.split(/\s/)[0]! : value.trimEnd()))
    complain(e, `${given}: could not set value to \`${value.trimEnd()}'`);
}

/** Sets a variable; false: it cannot have that value. */
export function set(e: Editor, name: string, value: string): boolean {
  const { flags, values } = e.variables;
  if (name in flags) {
    flags[name] = is_on(value);
    if (name === 'enable-bracketed-paste') flags['enable-active-region'] = flags[name]!;
    return true;
  }
  const lower = value.toLowerCase();
  if (name === 'bell-style') {
    if (!['', 'on', 'audible', 'off', 'none', 'visible'].includes(lower)) return false;
    value = lower === '' || lower === 'on' ? 'audible' : lower === 'off' ? 'none' : lower;
  } else if (name === 'editing-mode') {
    if (lower !== 'emacs' && lower !== 'vi') return false;
    value = lower;
    e.keymap = e.bound_map = lower === 'vi' ? e.vi_insert : e.emacs;
  } else if (name === 'keymap') {
    const map = keymap_named(e, lower);
    if (map === null) return false;
    e.bound_map = map;
  } else if (name === 'history-size') e.history.stifle(number_of(value));
  else if (name === 'isearch-terminators')
    value = decode(translate_keys(encode(value.replace(/^(["'])(.*)\1$/s, '$2'))));
  else if (name === 'comment-begin' && value === '') return true;
  values[name] = value;
  return true;
}

function keymap_named(e: Editor, name: string): Keymap | null {
  if (name === 'emacs' || name === 'emacs-standard') return e.emacs;
  if (name === 'emacs-meta') return submap(e.emacs, ESC);
  if (name === 'emacs-ctlx') return submap(e.emacs, 24);
  if (name === 'vi-insert') return e.vi_insert;
  return ['vi', 'vi-command', 'vi-move'].includes(name) ? e.vi_command : null;
}

function directive(e: Editor, text: string): void {
  const { conditions } = e;
  const [, name, rest] = /^(\S*)\s*(.*?)\s*$/s.exec(text)! as unknown as [string, string, string];
  switch (name.toLowerCase()) {
    case 'if':
      conditions.outer.push(conditions.skipping);
      if (!conditions.skipping) conditions.skipping = !holds(e, rest);
      break;
    case 'else':
      if (conditions.outer.length === 0) complain(e, '$else found without matching $if');
      else if (!conditions.outer.at(-1)) conditions.skipping = !conditions.skipping;
      break;
    case 'endif':
      if (conditions.outer.length === 0) complain(e, '$endif without matching $if');
      else conditions.skipping = conditions.outer.pop()!;
      break;
    case 'include':
      if (!conditions.skipping) include(e, rest);
      break;
    default:
      if (!conditions.skipping) complain(e, `${name}: unknown parser directive`);
  }
}

/** Whether a condition holds: mode=, term=, version, a variable's value, or the program's name. */
function holds(e: Editor, test: string): boolean {
  const [, name = '', operator = '', value = ''] = /^([\w-]+)\s*([<>=!]=?|==)\s*(.*)$/s.exec(test) ?? [];
  if (operator === '') return test.toLowerCase() === NAME;
  const given = value.trim();
  const known = name.toLowerCase();
  if (known === 'mode') return given.toLowerCase() === e.variables.values['editing-mode'];
  if (known === 'term') {
    const term = e.outside.environment('TERM') ?? 'dumb';
    return [term, term.split('-')[0]].includes(given);
  }
  if (known === 'version') {
    const wanted = Number.parseFloat(given);
    if (operator === '<') return VERSION < wanted;
    if (operator === '<=') return VERSION <= wanted;
    if (operator === '>') return VERSION > wanted;
    if (operator === '>=') return VERSION >= wanted;
    return (operator === '!=') !== (VERSION === wanted);
  }
  const variable = variable_name(name);
  if (variable === null) return false;
  const { flags, values } = e.variables;
  const same = variable in flags ? flags[variable] === is_on(given) : values[variable] === given;
  return (operator === '!=') !== same;
}

function include(e: Editor, name: string): void {
  try {
    read_file(e, home_path(e, name));
  } catch {
    // A file that cannot be read is none.
  }
}

function home_path(e: Editor, name: string): string {
  return name.startsWith('~/') ? (e.outside.home('') ?? '.') + name.slice(1) : name;
}

function read_file(e: Editor, name: string): void {
  const { conditions } = e;
  if (conditions.depth >= MOST_INCLUDED) return;
  const data = e.outside.read_file(name);
  conditions.depth++;
  conditions.file = name;
  let number = 0;
  try {
    for (const line of decode(data).split('\n')) {
      conditions.line = ++number;
      parse_and_bind(e, line.trimEnd());
    }
  } finally {
    conditions.file = null;
    conditions.depth--;
  }
}

/** Reads an init file; null: the one read last, or the user's. Throws what reading it does. */
export function read_init_file(e: Editor, name: string | null): void {
  const { conditions, outside } = e;
  if (name === null) {
    name = conditions.last_file ?? outside.environment('INPUTRC') ?? '';
    if (name === '') {
      name = '~/.inputrc';
      try {
        read_file(e, home_path(e, name));
        conditions.last_file = name;
        return;
      } catch {
        name = SYSTEM_FILE;
      }
    }
  }
  read_file(e, home_path(e, name));
  conditions.last_file = name;
}
