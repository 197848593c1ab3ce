// editor.ts: an editor of one line: bytes come in, what the screen is to show goes out.          GNU readline: readline.c
//
// It knows nothing of terminals: who has one feeds it the bytes that are typed, one by one, and writes what it is given. Commands
// are functions by name (`commands`), keys lead to names (keymap.ts). A command that needs more input leaves a function (`grab`)
// that gets the next byte.
import { all_commands } from './commands.ts';
import type { Menu } from './completion.ts';
import { Display, type View } from './display.ts';
import { History } from './history.ts';
import type { HistorySearch, LastArgument } from './history_commands.ts';
import { type Conditions, new_conditions } from './inputrc.ts';
import { type Entry, ESC, emacs_keymap, type Keymap } from './keymap.ts';
import { Line } from './line.ts';
import { codes, decode_codes, sequence_length } from './text.ts';
import { new_variables, number_of } from './variables.ts';
import { after_byte, before_command, end_insert, new_vi, type ViState, vi_keymaps } from './vi.ts';

export interface FileName {
  name: string;
  /** It is a folder, or a link to one. */
  folder: boolean;
  link: boolean;
}

/** What the editor is embedded in. */
export interface Surroundings {
  /** Shows text on the terminal. */
  write(text: string): void;
  ding(): void;
  /** A complaint about an init file. */
  complain(message: string): void;
  /** The possible completions of a word; null: nobody knows any, so that files are looked for. */
  complete(word: string, start: number, end: number): string[] | null;
  /** Shows matches in another way; false: there is no such way. */
  display_matches(word: string, matches: string[], longest: number): boolean;
  /** What is in a folder; nothing if it cannot be read. */
  list_files(folder: string): FileName[];
  read_file(name: string): Uint8Array;
  /** A user's home folder ('': one's own), or null. */
  home(user: string): string | null;
  environment(name: string): string | null;
}

export type Command = (e: Editor, count: number, key: number) => void;
export type Commands = Record<string, Command>;

const NO_COMMAND = '';
const EOF_KEY = 4;
/** Python's: all that is neither letter, digit, nor '.' or '_'. */
const DELIMITERS = ' \t\n`~!@#$%^&*()-=+[{]}\\|;:\'",<>/?';

export class Editor {
  readonly outside: Surroundings;
  readonly history = new History();
  readonly variables = new_variables();
  readonly emacs: Keymap = emacs_keymap();
  readonly vi_insert: Keymap;
  readonly vi_command: Keymap;
  /** The one that keys are looked up in. */
  keymap: Keymap = this.emacs;
  /** The keymap that init files change. */
  bound_map: Keymap = this.keymap;
  readonly vi: ViState = new_vi();
  readonly conditions: Conditions = new_conditions();
  readonly line = new Line();
  readonly display: Display;

  prompt = '';
  /** Shown in the prompt's place, or null. */
  message: string | null = null;
  /** What is being read has ended: with a line, or without. */
  done: 'line' | 'eof' | null = null;

  // The numeric argument of the next command.
  arg = 1;
  arg_sign = 1;
  explicit_arg = false;

  /** The command before this one. */
  last_command = NO_COMMAND;
  /** The command under way may change what the next one finds as `last_command`. */
  command = NO_COMMAND;
  /** Kills, newest last; at most ten. */
  kills: number[][] = [];
  killed = false;
  kill_at = 0;
  overwriting = false;
  mark_active = false;
  /** The byte has changed nothing that is to be shown. */
  fixed = false;
  private unshown = false;
  eof_key = EOF_KEY;
  /** Gets the next byte. */
  grab: ((byte: number) => void) | null = null;
  /** A line that was begun before going back in history. */
  saved: { text: string; undos: Line['undos'] } | null = null;
  /** The entry that the next line begins with (operate-and-get-next), or -1. */
  next_offset = -1;
  /** Where completion is at: get_begidx() and so on go by these. */
  completion = { type: 0, changed: false, failed: false };
  /** What ends the words that are completed. */
  delimiters: number[] = codes(DELIMITERS);
  last_search = '';
  macro: number[] | null = null;
  last_macro: number[] = [];
  /** What commands keep from one call to the next. */
  searched: HistorySearch | null = null;
  last_argument: LastArgument | null = null;
  menu: Menu | null = null;

  /** Bytes of the key sequence under way, and where they have led. */
  keys: number[] = [];
  private entry: Entry | null = null;
  private pending: number[] = [];
  private char: number[] = [];
  private last_byte = -1;
  private last_kill = false;
  /** Who the end of a wait for more is told to, and the milliseconds. */
  private waits: { ms: number; over: () => void } | null = null;

  constructor(outside: Surroundings) {
    this.outside = outside;
    this.display = new Display(text => outside.write(text));
    [this.vi_insert, this.vi_command] = vi_keymaps();
  }

  private get is_vi(): boolean {
    return this.variables.values['editing-mode'] === 'vi';
  }

  /** The keymap for typing text. */
  get insert_map(): Keymap {
    return this.is_vi ? this.vi_insert : this.emacs;
  }

  /** Begins with a line. `before` runs when everything is set up, and nothing shown. */
  start(prompt: string, before: () => void = () => {}): void {
    const end = prompt.lastIndexOf('\n') + 1;
    this.prompt = prompt.slice(end);
    this.line.set('');
    this.done = null;
    this.message = null;
    this.saved = null;
    this.last_command = NO_COMMAND;
    this.last_kill = false;
    this.last_byte = -1;
    this.overwriting = false;
    this.mark_active = false;
    this.grab = null;
    this.waits = null;
    this.char = [];
    this.keymap = this.insert_map;
    Object.assign(this.vi, { recording: null, inserting: false, marks: {}, commanded: false });
    this.reset_keys();
    this.reset_arg();
    this.history.offset = this.history.entries.length;
    before();
    if (this.next_offset >= 0 && this.next_offset < this.history.entries.length) {
      this.run('previous-history', this.history.entries.length - this.next_offset);
    }
    this.next_offset = -1;
    if (end > 0) this.outside.write(prompt.slice(0, end).replaceAll('\x01', '').replaceAll('\x02', ''));
    this.display.forget();
    this.show();
  }

  /** Takes a byte that was typed. Before it waits for more, the caller has to settle(). */
  feed(byte: number): void {
    this.waits = null;
    this.pending.push(byte);
    this.work();
  }

  /** Works on what there is, macros among it. Bytes behind the end of the line stay for the next one. */
  work(): void {
    while (this.done === null) {
      const byte = this.pending.shift();
      if (byte === undefined) break;
      // Characters that were typed ahead are shown together.
      if (!this.inserts(byte)) this.settle();
      this.fixed = false;
      this.take(byte);
      if (this.is_vi && this.keys.length === 0) after_byte(this);
      if (!this.fixed) this.unshown = true;
    }
    if (this.command !== 'self-insert') this.settle();
  }

  /** Brings the screen up to date if that is due. */
  settle(): void {
    if (this.unshown && this.done === null) this.show();
    this.unshown = false;
  }

  /** Whether a byte only adds a character to the line. */
  private inserts(byte: number): boolean {
    return this.grab === null && this.keys.length === 0 && this.keymap.get(byte)?.command === 'self-insert';
  }

  /** Whether bytes are left to work on. */
  get has_more(): boolean {
    return this.pending.length > 0;
  }

  /** The milliseconds after which expire() is to be called if nothing was typed; null: never. */
  get timeout(): number | null {
    return this.waits?.ms ?? null;
  }

  expire(): void {
    const { waits } = this;
    this.waits = null;
    waits?.over();
    if (this.is_vi) after_byte(this);
    this.unshown = true;
    this.work();
    this.settle();
  }

  wait_for_more(ms: number, over: () => void): void {
    this.waits = { ms, over };
  }

  /** Reads these bytes before any others. */
  push(bytes: Iterable<number>): void {
    this.pending.unshift(...bytes);
  }

  private take(byte: number): void {
    this.macro?.push(byte);
    this.vi.recording?.push(byte);
    const { grab } = this;
    if (grab !== null) {
      this.grab = null;
      grab(byte);
      return;
    }
    if (this.char.length > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.collect(byte);
        return;
      }
      this.insert_collected();
    }
    if (byte === this.eof_key && this.keys.length === 0 && this.last_byte !== byte && this.line.chars.length === 0) {
      this.done = 'eof';
      return;
    }
    this.last_byte = byte;
    this.dispatch(byte);
  }

  private reset_keys(): void {
    this.keys = [];
    this.entry = null;
  }

  /** A byte of a key sequence. */
  private dispatch(byte: number): void {
    const { flags } = this.variables;
    if (byte >= 0x80 && flags['convert-meta'] && this.keys.length === 0) {
      this.push([ESC, byte & 0x7f]);
      return;
    }
    const map = this.entry?.map ?? this.keymap;
    const entry = map.get(byte) ?? this.lowercase(map, byte);
    const shorter = this.entry;
    this.keys.push(byte);
    if (entry?.map !== undefined) {
      this.entry = entry;
      // Kills by sequences of keys do not continue the kill before.
      this.last_kill = false;
      // Of vi's ESC it shows with time that it is not the first byte of a special key.
      const ms = number_of(this.variables.values['keyseq-timeout']!);
      if (byte === ESC && map === this.vi_insert && ms > 0) this.wait_for_more(ms, () => this.perform(entry, byte));
      this.fixed = true;
      return;
    }
    if (entry !== null) this.perform(entry, byte);
    else if (shorter !== null && is_action(shorter)) {
      this.keys.pop();
      this.push([byte]);
      this.perform(shorter, this.keys.at(-1)!);
    } else {
      this.reset_keys();
      this.ding();
      this.end_command();
    }
  }

  /** Behind ESC and C-x a capital letter that does nothing of its own is as the small one. */
  private lowercase(map: Keymap, byte: number): Entry | null {
    if (this.is_vi || map === this.keymap || byte < 65 || byte > 90) return null;
    return map.get(byte + 32) ?? null;
  }

  private perform(entry: Entry, byte: number): void {
    if (entry.macro !== undefined) {
      this.reset_keys();
      this.push(entry.macro);
      this.fixed = true;
      return;
    }
    const name = entry.command!;
    if (name === 'self-insert' && byte >= 0x80) this.collect(byte);
    else this.run(name, this.arg * this.arg_sign, byte);
    this.reset_keys();
  }

  /** Runs a command as if its key had been typed. */
  run(name: string, count = 1, key = 0): void {
    const command = all_commands[name];
    this.mark_active = false;
    this.killed = false;
    this.command = name;
    if (this.keymap === this.vi_command) before_command(this, name);
    if (command === undefined) this.ding();
    else command(this, count, key);
    if (this.grab === null && this.done === null) this.end_command();
  }

  /** The command has done its work. */
  end_command(): void {
    this.last_kill = this.killed;
    if (this.command !== 'digit-argument') this.reset_arg();
    this.last_command = this.command;
  }

  private reset_arg(): void {
    this.arg = 1;
    this.arg_sign = 1;
    this.explicit_arg = false;
  }

  /** Collects the bytes of a character to be inserted. */
  collect(byte: number): void {
    this.char.push(byte);
    if (this.char.length >= sequence_length(this.char[0]!)) this.insert_collected();
    else this.fixed = true;
  }

  private insert_collected(): void {
    const chars = decode_codes(this.char);
    this.char = [];
    this.mark_active = false;
    this.killed = false;
    this.command = 'self-insert';
    for (const c of chars) this.type(c, this.arg * this.arg_sign);
    this.end_command();
  }

  /** A typed character: inserted, or written over what is there. */
  type(c: number, count: number): void {
    if (count <= 0) return;
    const { line } = this;
    if (!this.overwriting) {
      line.insert(Array(count).fill(c));
      return;
    }
    line.group(() => {
      for (let i = 0; i < count; i++) {
        line.insert([c]);
        line.remove(line.point, line.next(line.point));
      }
    });
  }

  ding(): void {
    if (this.variables.values['bell-style'] === 'audible') this.outside.ding();
  }

  /** Brings the screen up to date. */
  show(): void {
    const { line, message, variables } = this;
    const from = Math.min(line.mark, line.point);
    const to = Math.max(line.mark, line.point);
    const view: View = {
      prompt: message ?? this.shown_prompt(),
      chars: line.chars,
      point: line.point,
      region: this.mark_active ? [from, to] : null,
      one_row: variables.flags['horizontal-scroll-mode']!,
    };
    this.display.show(view);
  }

  private shown_prompt(): string {
    const { flags, values } = this.variables;
    const mode = !this.is_vi ? 'emacs-mode' : this.keymap === this.vi_insert ? 'vi-ins-mode' : 'vi-cmd-mode';
    return (flags['show-mode-in-prompt'] ? values[`${mode}-string`] : '') + this.prompt;
  }

  /** Shows the line below what has been written since. */
  show_again(): void {
    this.display.forget();
    this.show();
    this.fixed = true;
  }

  /** Kills what is between two places: backwards if `to` is the first. */
  kill(from: number, to: number): void {
    const { line } = this;
    this.killed = true;
    if (from === to) return;
    const text = line.chars.slice(Math.min(from, to), Math.max(from, to));
    line.remove(from, to);
    this.add_kill(text, from < to);
  }

  add_kill(text: number[], behind: boolean): void {
    this.killed = true;
    const last = this.kills.at(-1);
    if (this.last_kill && !this.is_vi && last !== undefined)
      this.kills[this.kills.length - 1] = behind ? [...last, ...text] : [...text, ...last];
    else {
      this.kills.push(text);
      if (this.kills.length > 10) this.kills.shift();
    }
    this.kill_at = this.kills.length - 1;
  }

  /** The line is complete. */
  accept(): void {
    this.message = null;
    this.mark_active = false;
    this.show();
    this.display.leave();
    this.done = 'line';
    end_insert(this);
    // What was changed of an entry of the history comes back to it.
    const { line, history } = this;
    const entry = history.entries[history.offset];
    const { text } = line;
    if (entry !== undefined && (line.undos.length > 0 || entry.undo !== null)) {
      while (line.undo());
      entry.line = line.text;
      entry.undo = null;
    }
    if (this.variables.flags['revert-all-at-newline']) this.revert_entries();
    line.set(text);
  }

  private revert_entries(): void {
    const copy = new Line();
    for (const entry of this.history.entries) {
      if (entry.undo === null) continue;
      copy.set(entry.line, entry.undo);
      while (copy.undo());
      entry.line = copy.text;
      entry.undo = null;
    }
  }

  /** Inserts text for a program; the screen stays as it is. */
  insert_text(text: string): void {
    this.line.insert(codes(text));
  }
}

function is_action(entry: Entry): boolean {
  return entry.command !== undefined || entry.macro !== undefined;
}
