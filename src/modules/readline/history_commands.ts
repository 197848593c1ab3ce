// history_commands.ts: commands that bring lines of the history, or words of them.           GNU readline: misc.c, search.c
import type { Commands, Editor } from './editor.ts';
import { codes, text_of } from './text.ts';

/** Keeps what was changed of the line that is left: with its entry, or as the line that was begun. */
function leave_line(e: Editor): void {
  const { history, line } = e;
  const entry = history.entries[history.offset];
  if (entry === undefined) e.saved = { text: line.text, undos: line.undos };
  else if (line.undos.length > 0 || entry.undo !== null) {
    entry.line = line.text;
    entry.undo = line.undos.length > 0 ? line.undos : null;
  }
}

/** Shows the entry at that offset; behind the last, the line that was begun. */
export function go_to(e: Editor, offset: number): void {
  const { history, line } = e;
  const { point } = line;
  leave_line(e);
  history.offset = offset;
  const entry = history.entries[offset];
  if (entry === undefined) line.set(e.saved?.text ?? '', e.saved?.undos ?? []);
  else line.set(entry.line, entry.undo ?? []);
  if (e.keymap === e.vi_command) line.point = 0;
  if (e.variables.flags['history-preserve-point']) line.point = Math.min(point, line.chars.length);
}

/** Goes back by so many entries, or forward. */
function move_by(e: Editor, count: number): void {
  const { history } = e;
  const wanted = history.offset - count;
  const to = Math.max(0, Math.min(wanted, history.entries.length));
  if (to !== history.offset) go_to(e, to);
  if (to !== wanted) e.ding();
}

/** Looks for an entry from the present one on: its offset, or -1. */
export function find_entry(e: Editor, text: string, step: number, anchored: boolean, but: string | null): number {
  const { history, variables } = e;
  const fold = (s: string): string => (variables.flags['search-ignore-case'] ? s.toLowerCase() : s);
  const wanted = fold(text);
  for (let i = history.offset + step; i >= 0 && i < history.entries.length; i += step) {
    const line = fold(history.entries[i]!.line);
    if (history.entries[i]!.line !== but && (anchored ? line.startsWith(wanted) : line.includes(wanted))) return i;
  }
  return -1;
}

export interface HistorySearch {
  text: string;
  /** The line found last. */
  found: string;
}

/** Entries with what stands before the cursor: at their beginning, or anywhere. */
function search(e: Editor, count: number, anchored: boolean): void {
  const { line } = e;
  const again = /^history-(?:substring-)?search-(?:back|for)ward$/.test(e.last_command);
  if (!again) e.searched = null;
  e.searched ??= { text: text_of(line.chars.slice(0, line.point)), found: line.text };
  const state = e.searched;
  if (state.text === '') {
    move_by(e, count);
    return;
  }
  for (let n = Math.abs(count); n > 0; n--) {
    const at = find_entry(e, state.text, count > 0 ? -1 : 1, anchored, state.found);
    if (at < 0) {
      e.ding();
      line.point = Math.min(codes(state.text).length, line.chars.length);
      line.mark = line.chars.length;
      return;
    }
    const offset = e.history.entries[at]!.line.indexOf(state.text);
    go_to(e, at);
    state.found = e.line.text;
    e.line.point = anchored ? codes(state.text).length : codes(e.line.text.slice(0, Math.max(0, offset))).length;
  }
}

const SEPARATORS = ';&()|<>';

/** The words of a line, as a shell has them. */
function words_of(text: string): string[] {
  const words: string[] = [];
  for (let i = 0; i < text.length; ) {
    if (/\s/.test(text[i]!)) {
      i++;
      continue;
    }
    const start = i;
    if (SEPARATORS.includes(text[i]!)) {
      i++;
      if (text[i] === text[start] && '<>;&|'.includes(text[i]!)) i++;
      else if ((text[i] === '&' && '<>'.includes(text[start]!)) || (text[start] === '&' && text[i] === '>')) i++;
    } else {
      let quote = '';
      for (; i < text.length; i++) {
        const c = text[i]!;
        if (c === '\\' && quote !== "'" && i + 1 < text.length) i++;
        else if (quote !== '') quote = c === quote ? '' : quote;
        else if ('"\'`'.includes(c)) quote = c;
        else if (/\s/.test(c) || SEPARATORS.includes(c)) break;
      }
    }
    words.push(text.slice(start, i));
  }
  return words;
}

/** Inserts a word of the entry `back` before the present one. Null: the last word. */
function yank_word(e: Editor, which: number | null, back: number): boolean {
  const { history, line } = e;
  const entry = history.entries[history.offset - 1 - back];
  const words = entry === undefined ? [] : words_of(entry.line);
  const at = which === null ? words.length - 1 : which < 0 ? words.length - 1 + which : which;
  const word = words[at];
  if (word === undefined || word === '') {
    e.ding();
    return false;
  }
  line.mark = line.point;
  line.insert(codes(word));
  return true;
}

export interface LastArgument {
  which: number | null;
  back: number;
  step: number;
  inserted: boolean;
}

/** The last word of the entry before; again, that of the one before that. */
function yank_last(e: Editor, count: number): void {
  if (e.last_command !== 'yank-last-arg') e.last_argument = null;
  const again = e.last_argument !== null;
  e.last_argument ??= { which: e.explicit_arg ? count : null, back: 0, step: 1, inserted: false };
  const state = e.last_argument;
  if (again) {
    if (state.inserted) e.line.undo();
    if (count < 0) state.step = -state.step;
    state.back = Math.max(0, state.back + state.step);
  }
  state.inserted = yank_word(e, state.which, state.back);
}

export const history_commands: Commands = {
  'previous-history': (e, count) => move_by(e, count),
  'next-history': (e, count) => move_by(e, -count),
  'beginning-of-history': e => move_by(e, e.history.offset),
  'end-of-history': e => move_by(e, e.history.offset - e.history.entries.length),
  'fetch-history': (e, count) => {
    const { entries } = e.history;
    const to = !e.explicit_arg ? entries.length : count > 0 ? count - e.history.base : entries.length + count;
    if (to < 0 || to > entries.length) e.ding();
    else if (to !== e.history.offset) go_to(e, to);
  },
  'history-search-backward': (e, count) => search(e, count, true),
  'history-search-forward': (e, count) => search(e, -count, true),
  'history-substring-search-backward': (e, count) => search(e, count, false),
  'history-substring-search-forward': (e, count) => search(e, -count, false),
  'yank-nth-arg': (e, count) => {
    yank_word(e, e.explicit_arg ? count : 1, 0);
  },
  'yank-last-arg': (e, count) => yank_last(e, count),
  'operate-and-get-next': e => {
    const next = e.history.offset + 1;
    e.accept();
    e.next_offset = next;
  },
};
