// searching.ts: looking for lines of the history while typing, or by a text given before.    GNU readline: isearch.c, search.c
import type { Commands, Editor } from './editor.ts';
import { find_entry, go_to } from './history_commands.ts';
import { ESC } from './keymap.ts';
import { caret, codes, decode_codes, is_control, is_word, sequence_length, text_of } from './text.ts';

/** After ESC, which ends the search, so long for more to come: then it was the first byte of a special key. */
const ESC_MS = 100;

class IncrementalSearch {
  private readonly e: Editor;
  private step: number;
  /** The lines to look at: the entries, and the line that was begun. */
  private readonly lines: number[][];
  private readonly begun_at: number;
  private readonly begun_point: number;
  private text: number[] = [];
  /** The line looked at, and where in it. */
  private at: number;
  private index: number;
  /** The line found last, where in it, and its text. */
  private found_at: number;
  private last_found: string | null = null;
  private found = true;

  constructor(e: Editor, step: number) {
    const { history, line } = e;
    this.e = e;
    this.step = step;
    this.lines = history.entries.map(entry => codes(entry.line));
    const saved = e.saved !== null && history.offset < history.entries.length ? codes(e.saved.text) : line.chars;
    this.lines.push([...saved]);
    this.lines[history.offset] = [...line.chars];
    this.begun_at = this.at = this.found_at = history.offset;
    this.begun_point = this.index = line.point;
    this.display();
  }

  private display(): void {
    const { e } = this;
    const failed = this.found ? '' : 'failed ';
    const which = this.step < 0 ? 'reverse-' : '';
    const shown = this.text.map(c => (is_control(c) ? caret(c) : String.fromCodePoint(c))).join('');
    e.message = `(${failed}${which}i-search)\`${shown}': `;
    e.grab = byte => this.key(byte);
  }

  private key(byte: number): void {
    const { e } = this;
    const command = e.insert_map.get(byte)?.command ?? '';
    const ends = e.variables.values['isearch-terminators'] || '\x1b\n';
    if (byte === ESC && ends.includes('\x1b')) {
      this.end();
      e.grab = next => e.push([ESC, next]);
      e.wait_for_more(ESC_MS, () => {
        e.grab = null;
      });
    } else if (ends.includes(String.fromCharCode(byte))) this.end();
    else if (command === 'reverse-search-history') this.again(-1);
    else if (command === 'forward-search-history') this.again(1);
    else if (command === 'abort') this.abort();
    else if (command === 'backward-delete-char') {
      if (this.text.length === 0) e.ding();
      else this.text.pop();
      this.look();
    } else if (command === 'unix-word-rubout') this.take(true);
    else if (command === 'yank') this.take(false);
    else if (command === 'quoted-insert') this.read_char([]);
    else if (command === 'self-insert') this.char(byte, []);
    else {
      this.end();
      e.push([byte]);
    }
  }

  private read_char(bytes: number[]): void {
    this.e.grab = byte => this.char(byte, bytes);
    this.e.fixed = true;
  }

  private char(byte: number, bytes: number[]): void {
    bytes.push(byte);
    if (bytes.length < sequence_length(bytes[0]!)) {
      this.read_char(bytes);
      return;
    }
    this.text.push(...decode_codes(bytes));
    this.look();
  }

  /** The same text once more, the next match in that direction. */
  private again(step: number): void {
    if (this.text.length === 0) {
      this.text = codes(this.e.last_search);
      if (this.text.length === 0) {
        this.display();
        return;
      }
    } else if (step === this.step) this.index += step;
    this.step = step;
    this.look();
  }

  /** What stands behind the match becomes part of the text: a word, or all. */
  private take(word: boolean): void {
    const { e } = this;
    const { chars } = e.line;
    let end = e.line.point + this.text.length;
    const start = end;
    if (word) while (end < chars.length && is_word(chars[end]!)) end++;
    else end = chars.length;
    if (end <= start) {
      e.ding();
      this.display();
      return;
    }
    this.text.push(...chars.slice(start, end));
    this.look();
  }

  private matches(line: readonly number[], at: number): boolean {
    const fold = (c: number): number =>
      this.e.variables.flags['search-ignore-case'] ? String.fromCodePoint(c).toLowerCase().codePointAt(0)! : c;
    return this.text.every((c, i) => line[at + i] !== undefined && fold(line[at + i]!) === fold(c));
  }

  /** Looks for the text from where the last match was. */
  private look(): void {
    const { e, step } = this;
    if (this.text.length === 0) {
      this.display();
      return;
    }
    let { at, index } = this;
    let line = this.lines[at]!;
    for (;;) {
      const last = line.length - this.text.length;
      if (step < 0) index = Math.min(index, last);
      while (index >= 0 && index <= last && !this.matches(line, index)) index += step;
      if (index >= 0 && index <= last) break;
      do {
        at += step;
        if (at < 0 || at >= this.lines.length) {
          e.ding();
          this.found = false;
          this.at = this.found_at;
          this.index = e.line.point;
          this.display();
          return;
        }
        line = this.lines[at]!;
      } while (text_of(line) === this.last_found || line.length < this.text.length);
      index = step < 0 ? line.length - this.text.length : 0;
    }
    this.found = true;
    this.at = this.found_at = at;
    this.index = index;
    this.last_found = text_of(line);
    e.line.chars = [...line];
    e.line.point = index;
    this.display();
  }

  private abort(): void {
    const { e } = this;
    e.line.chars = this.lines[this.begun_at]!;
    e.line.point = this.begun_point;
    e.message = null;
    e.end_command();
  }

  private end(): void {
    const { e } = this;
    const { point } = e.line;
    e.message = null;
    if (this.text.length > 0) e.last_search = text_of(this.text);
    e.line.chars = this.lines[this.begun_at]!;
    if (this.found_at !== this.begun_at) go_to(e, this.found_at);
    e.line.point = Math.min(point, e.line.chars.length);
    e.end_command();
  }
}

/** Reads a text in the prompt's place, then goes to the entry that has it. */
function search_for_text(e: Editor, step: number): void {
  const { line } = e;
  const before = { chars: line.chars, undos: line.undos, point: line.point };
  const bytes: number[] = [];
  line.chars = [];
  line.undos = [];
  line.point = 0;
  const back = (): void => {
    Object.assign(line, before);
    e.message = null;
  };
  const show = (): void => {
    e.message = `${e.prompt}:`;
    line.chars = decode_codes(bytes);
    line.point = line.chars.length;
    e.grab = take;
  };
  const take = (byte: number): void => {
    const command = e.insert_map.get(byte)?.command;
    if (command === 'abort' || (command === 'backward-delete-char' && bytes.length === 0)) {
      back();
      e.ding();
      e.end_command();
    } else if (command === 'accept-line') {
      const text = text_of(decode_codes(bytes)) || e.last_search;
      back();
      search_again(e, text, step);
      e.end_command();
    } else {
      if (command === 'backward-delete-char') while (((bytes.pop() ?? 0) & 0xc0) === 0x80);
      else if (command === 'unix-line-discard') bytes.length = 0;
      else bytes.push(byte);
      show();
    }
  };
  show();
}

function search_again(e: Editor, text: string, step: number): void {
  const anchored = text.startsWith('^');
  const at = text === '' ? -1 : find_entry(e, anchored ? text.slice(1) : text, step, anchored, null);
  e.last_search = text;
  if (at < 0) {
    e.ding();
    return;
  }
  go_to(e, at);
  e.line.point = 0;
  e.line.mark = e.line.chars.length;
}

export const searching: Commands = {
  'reverse-search-history': (e, count) => void new IncrementalSearch(e, count < 0 ? 1 : -1),
  'forward-search-history': (e, count) => void new IncrementalSearch(e, count < 0 ? -1 : 1),
  'non-incremental-reverse-search-history': e => search_for_text(e, -1),
  'non-incremental-forward-search-history': e => search_for_text(e, 1),
  'non-incremental-reverse-search-history-again': e => search_again(e, e.last_search, -1),
  'non-incremental-forward-search-history-again': e => search_again(e, e.last_search, 1),
};
