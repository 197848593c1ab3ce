// completion.ts: completing words, and showing what they may become.                          GNU readline: complete.c
import type { Commands, Editor, FileName } from './editor.ts';
import { codes, encode, printable, text_of } from './text.ts';
import { number_of } from './variables.ts';
import { expand_tilde } from './writing.ts';

/** What get_completion_type() tells: the key for plain completion, or why the matches are asked for. */
const PLAIN = 9;
const LIST = 63; // ?
const INSERT = 42; // *
const LIST_AMBIGUOUS = 33; // !
const LIST_UNMODIFIED = 64; // @
const MENU = 37; // %

const DOTS = '...';

interface Found {
  word: string;
  start: number;
  end: number;
  /** What all have in common. */
  common: string;
  /** Sorted, each once. */
  matches: string[];
  /** They are names of files. */
  files: boolean;
  /** A quotation mark that the word begins behind. */
  quote: number;
}

/** The word that ends at the cursor: where it begins, and the quotation mark before it, if any. */
function find_word(e: Editor, delimiters: readonly number[]): [start: number, quote: number] {
  const { chars, point } = e.line;
  let start = point;
  while (start > 0 && !delimiters.includes(chars[start - 1]!)) start--;
  const before = chars[start - 1];
  const quoted = (before === 34 || before === 39) && point - start > 0;
  return [start, quoted ? before : 0];
}

function by_bytes(a: string, b: string): number {
  const x = encode(a);
  const y = encode(b);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/** What all matches begin with; if they have nothing in common, the word itself. */
function common_start(e: Editor, matches: readonly string[], word: string): string {
  const fold = (s: string): string => folded(e, s);
  const [first, ...rest] = matches.map(codes);
  let n = first!.length;
  for (const other of rest) {
    let i = 0;
    while (i < n && i < other.length && fold(text_of([first![i]!])) === fold(text_of([other[i]!]))) i++;
    n = i;
  }
  if (n === 0) return word;
  const common = text_of(first!.slice(0, n));
  // With differing case, that of the word if it is the beginning of a match.
  if (!e.variables.flags['completion-ignore-case']) return common;
  return codes(word).length === n && matches.some(m => m.startsWith(word)) ? word : common;
}

function folded(e: Editor, text: string): string {
  const { flags } = e.variables;
  if (!flags['completion-ignore-case']) return text;
  const lower = text.toLowerCase();
  return flags['completion-map-case'] ? lower.replaceAll('-', '_') : lower;
}

/** The names of files that complete a word. */
function file_matches(e: Editor, word: string): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, slash);
  const start = folded(e, word.slice(slash));
  if (word.startsWith('~') && slash === 0) return [];
  const names = ['.', '..', ...e.outside.list_files(expand_tilde(e, folder) || '.').map(file => file.name)];
  const hidden = e.variables.flags['match-hidden-files'] || start.startsWith('.');
  const shown = names.filter(name => (start !== '' ? folded(e, name).startsWith(start) : !/^\.\.?$/.test(name)));
  return shown.filter(name => hidden || !name.startsWith('.')).map(name => folder + name);
}

const FOLDER = { folder: true, link: false };

/** What a name that was found stands for. */
function look_at(e: Editor, path: string): Omit<FileName, 'name'> {
  const full = expand_tilde(e, path);
  const slash = full.lastIndexOf('/') + 1;
  const name = full.slice(slash);
  if (name === '.' || name === '..') return FOLDER;
  return (
    e.outside.list_files(full.slice(0, slash) || '.').find(file => file.name === name) ?? { folder: false, link: false }
  );
}

/** The sign behind the name of a file where matches are shown. */
function sign_of(e: Editor, path: string): string {
  const { flags } = e.variables;
  const { folder, link } = look_at(e, path);
  if (flags['visible-stats'] && link) return '@';
  return folder && (flags['visible-stats'] || flags['mark-directories']) ? '/' : '';
}

function find_matches(e: Editor, type: number): Found | null {
  const { line } = e;
  e.completion.type = type;
  const end = line.point;
  const [start, quote] = find_word(e, e.delimiters);
  const word = text_of(line.chars.slice(start, end));
  const known = e.outside.complete(word, start, end);
  const files = known === null;
  const all = known ?? file_matches(e, word);
  if (all.length === 0) {
    e.ding();
    e.completion.changed = false;
    e.completion.failed = true;
    return null;
  }
  const common = common_start(e, all, word);
  const matches = [...new Set(all)].sort(by_bytes);
  return { word, start, end, common, matches, files, quote };
}

/** Puts a text in the word's place. */
function insert_match(e: Editor, found: Found, text: string): void {
  const { line } = e;
  if (text === found.word) return;
  line.replace(found.start, line.point, codes(text));
}

/** What comes behind the only match: a slash behind a folder, the quotation mark that the word began with. */
function finish_match(e: Editor, found: Found): void {
  const { line } = e;
  const at_end = line.point === line.chars.length;
  const { flags } = e.variables;
  const { folder, link } = found.files ? look_at(e, found.matches[0]!) : { folder: false, link: false };
  if (folder) {
    // A link that was completed just now may be meant itself.
    const marked = !link || flags['mark-symlinked-directories'] || found.matches[0] === found.word;
    if (flags['mark-directories'] && marked && at_end && line.chars[line.point - 1] !== 47) line.insert([47]);
    return;
  }
  if (at_end && found.quote !== 0) line.insert([found.quote]);
}

/** The part of a match that is shown: of a file's name, what is behind the last slash. */
function shown_part(found: Found, match: string): string {
  return found.files ? match.slice(match.lastIndexOf('/') + 1) : match;
}

/** Shows the matches below the line, in columns. */
function show_matches(e: Editor, found: Found): void {
  const { display, outside, variables } = e;
  const { values } = variables;
  display.below();
  const parts = found.matches.map(m => shown_part(found, m));
  if (parts.length === 1 && !found.files) {
    outside.write(`\n${printable(parts[0]!)[0]}\n`);
    e.show_again();
    return;
  }
  const longest = Math.max(...parts.map(part => printable(part)[1]));
  if (parts.length > 1 && outside.display_matches(found.common, found.matches, longest)) {
    e.fixed = true;
    return;
  }
  const query = number_of(values['completion-query-items']!);
  if (query > 0 && parts.length >= query) {
    outside.write(`\nDisplay all ${parts.length} possibilities? (y or n)`);
  }
  outside.write(`\n${columns(e, found, parts, longest)}`);
  e.show_again();
}

function columns(e: Editor, found: Found, parts: readonly string[], longest: number): string {
  const { display } = e;
  const { flags, values } = e.variables;
  // A beginning that all have in common may be shown as dots.
  const least = number_of(values['completion-prefix-display-length']!);
  const [, common] = printable(shown_part(found, found.common));
  const cut = least > 0 && common > least ? codes(shown_part(found, found.common)).length : 0;
  const wanted = number_of(values['completion-display-width']!);
  const width = wanted >= 0 && wanted <= display.columns ? wanted : display.columns;
  const column = (cut > 0 && common > DOTS.length ? longest - common + DOTS.length : longest) + 2;
  let across = Math.floor(width / column);
  if (across !== 1 && across * column === width) across--;
  if (across < 1) across = 1;
  const down = Math.ceil(parts.length / across);
  let out = '';
  const cell = (i: number, last: boolean): string => {
    const rest = codes(parts[i]!).slice(cut);
    const text = cut > 0 && rest.length > 0 ? DOTS + text_of(rest) : parts[i]!;
    const mark = found.files ? sign_of(e, found.matches[i]!) : '';
    const [shown, taken] = printable(text + mark);
    return last ? shown : shown + ' '.repeat(Math.max(0, column - taken));
  };
  if (flags['print-completions-horizontally']) {
    parts.forEach((_part, i) => {
      const last = i % across === across - 1 || i === parts.length - 1;
      out += cell(i, last) + (last ? '\n' : '');
    });
    return out;
  }
  for (let row = 0; row < down; row++) {
    for (let k = 0, i = row; k < across && i < parts.length; k++, i += down) out += cell(i, k === across - 1);
    out += '\n';
    // There is no way to ask in the midst: what was shown goes away again, and the next page comes.
    if (flags['page-completions'] && (row + 1) % (display.lines - 1) === 0 && row + 1 < down)
      out += `--More--\r${display.abilities.clear_to_end ?? ''}\r`;
  }
  return out;
}

function complete(e: Editor, type: number): void {
  const { completion, line } = e;
  const before = line.text;
  const failed_before = completion.failed;
  completion.failed = false;
  const found = find_matches(e, type);
  if (found === null) return;
  const { matches } = found;
  if (type === LIST) {
    if (failed_before && matches.length === 1) {
      insert_match(e, found, matches[0]!);
      finish_match(e, found);
    } else show_matches(e, found);
  } else if (type === INSERT) {
    line.group(() => {
      line.remove(found.start, line.point);
      for (const match of matches) line.insert(codes(`${match} `));
    });
  } else {
    const only = matches.length === 1;
    insert_match(e, found, only ? matches[0]! : found.common);
    if (only) finish_match(e, found);
    else if (type === LIST_AMBIGUOUS || (type === LIST_UNMODIFIED && found.common === found.word))
      show_matches(e, found);
    else if (type === PLAIN && e.keymap === e.emacs) e.ding();
  }
  completion.changed = line.text !== before;
}

/** The completion that a key asks for, by what the keys before it have led to. */
function complete_next(e: Editor, count: number, key: number): void {
  const { flags } = e.variables;
  const { completion } = e;
  if (flags['disable-completion']) e.type(key, count);
  else if (e.last_command === 'complete' && !completion.changed && !completion.failed) complete(e, LIST);
  else if (flags['show-all-if-ambiguous']) complete(e, LIST_AMBIGUOUS);
  else complete(e, flags['show-all-if-unmodified'] ? LIST_UNMODIFIED : PLAIN);
}

export interface Menu {
  found: Found;
  /** What is shown: an index of the matches, or as many as there are for the word itself. */
  at: number;
}

/** Puts the next match in the word's place. */
function complete_by_menu(e: Editor, count: number): void {
  const { flags } = e.variables;
  if (e.menu === null || !e.last_command.startsWith('menu-complete')) {
    const found = find_matches(e, MENU);
    e.completion.changed = false;
    if (found === null) {
      e.command = '';
      return;
    }
    if (found.matches.length === 1) {
      insert_match(e, found, found.matches[0]!);
      finish_match(e, found);
      e.command = '';
      return;
    }
    const original = found.common;
    if (flags['show-all-if-ambiguous']) {
      insert_match(e, found, original);
      show_matches(e, found);
    }
    e.menu = { found: { ...found, word: original }, at: found.matches.length };
    if (flags['menu-complete-display-prefix']) {
      insert_match(e, found, original);
      return;
    }
  }
  const { menu } = e;
  const { found } = menu;
  const around = found.matches.length + 1;
  menu.at = (((menu.at + count) % around) + around) % around;
  if (menu.at === found.matches.length) e.ding();
  e.line.replace(found.start, e.line.point, codes(found.matches[menu.at] ?? found.word));
}

export const completing: Commands = {
  complete: (e, count, key) => complete_next(e, count, key),
  'possible-completions': e => complete(e, LIST),
  'insert-completions': e => complete(e, INSERT),
  'menu-complete': (e, count) => complete_by_menu(e, count),
  'menu-complete-backward': (e, count) => complete_by_menu(e, -count),
  'old-menu-complete': (e, count) => complete_by_menu(e, count),
  'delete-char-or-list': (e, count) => {
    if (e.line.point === e.line.chars.length && count > 0) complete(e, LIST);
    else e.run('delete-char', count);
  },
};
