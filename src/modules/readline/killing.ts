// killing.ts: commands that delete, kill and yank.                                       GNU readline: kill.c, text.c
import type { Commands, Editor } from './editor.ts';
import { forward_word } from './moving.ts';
import { is_space } from './text.ts';

/** Deletes characters from the cursor on; with an argument they are killed. */
function delete_char(e: Editor, count: number): void {
  const { line } = e;
  const back = count < 0;
  if (back ? line.point === 0 : line.point === line.chars.length) {
    e.ding();
    return;
  }
  let to = line.point;
  for (let n = Math.abs(count); n > 0; n--) to = back ? line.previous(to) : line.next(to);
  if (Math.abs(count) > 1 || e.explicit_arg) e.kill(line.point, to);
  else if (back && e.overwriting && line.point < line.chars.length) {
    // The rest of the line stays where it is.
    line.group(() => {
      line.remove(line.point, to);
      line.insert([32]);
      line.point = to;
    });
  } else line.remove(line.point, to);
}

/** Kills up to where a movement leads; the cursor stays. */
function kill_movement(e: Editor, move: () => void): void {
  const { line } = e;
  const from = line.point;
  move();
  const to = line.point;
  line.point = from;
  e.kill(from, to);
}

function kill_line(e: Editor): void {
  const { line } = e;
  e.kill(line.point, line.chars.length);
  line.mark = line.point;
}

function backward_kill_line(e: Editor): void {
  if (e.line.point === 0) e.ding();
  else e.kill(e.line.point, 0);
}

/** Kills back over what separates words, and then the word. */
function rubout_word(e: Editor, count: number, separates: (c: number) => boolean): void {
  const { line } = e;
  if (line.point === 0) {
    e.ding();
    return;
  }
  let to = line.point;
  for (let n = Math.max(1, count); n > 0; n--) {
    while (to > 0 && separates(line.chars[to - 1]!)) to--;
    while (to > 0 && !separates(line.chars[to - 1]!)) to--;
  }
  e.kill(line.point, to);
}

function copy(e: Editor, from: number, to: number): void {
  const { chars } = e.line;
  if (from === to) return;
  e.add_kill(chars.slice(Math.min(from, to), Math.max(from, to)), from < to);
}

function copy_words(e: Editor, count: number): void {
  const { line } = e;
  const from = line.point;
  forward_word(e, count);
  const to = line.point;
  line.point = from;
  copy(e, from, to);
}

function yank(e: Editor): void {
  const text = e.kills[e.kill_at];
  if (text === undefined) {
    e.ding();
    return;
  }
  e.line.mark = e.line.point;
  e.line.insert(text);
}

/** Puts the kill before in the place of the one just yanked. */
function yank_pop(e: Editor): void {
  const { line, kills } = e;
  const before = kills[e.kill_at];
  const start = line.point - (before?.length ?? 0);
  if (before === undefined || !['yank', 'yank-pop'].includes(e.last_command) || start < 0) {
    e.ding();
    return;
  }
  line.remove(start, line.point);
  e.kill_at = (e.kill_at + kills.length - 1) % kills.length;
  yank(e);
}

export const killing: Commands = {
  'delete-char': (e, count) => delete_char(e, count),
  'backward-delete-char': (e, count) => delete_char(e, -count),
  'forward-backward-delete-char': (e, count) =>
    delete_char(e, e.line.point < e.line.chars.length ? count : -Math.abs(count)),
  'kill-line': (e, count) => (count < 0 ? backward_kill_line(e) : kill_line(e)),
  'backward-kill-line': (e, count) => (count < 0 ? kill_line(e) : backward_kill_line(e)),
  'unix-line-discard': e => backward_kill_line(e),
  'kill-whole-line': e => e.kill(0, e.line.chars.length),
  'kill-word': (e, count) => kill_movement(e, () => forward_word(e, count)),
  'backward-kill-word': (e, count) => kill_movement(e, () => forward_word(e, -count)),
  'unix-word-rubout': (e, count) => rubout_word(e, count, is_space),
  'unix-filename-rubout': (e, count) => rubout_word(e, count, c => is_space(c) || c === 47),
  'kill-region': e => e.kill(e.line.mark, e.line.point),
  'copy-region-as-kill': e => copy(e, e.line.mark, e.line.point),
  'copy-forward-word': (e, count) => copy_words(e, count),
  'copy-backward-word': (e, count) => copy_words(e, -count),
  'delete-horizontal-space': e => {
    const { line } = e;
    let from = line.point;
    let to = line.point;
    while (from > 0 && is_space(line.chars[from - 1]!)) from--;
    while (to < line.chars.length && is_space(line.chars[to]!)) to++;
    line.remove(from, to);
    line.point = from;
  },
  yank: e => yank(e),
  'yank-pop': e => yank_pop(e),
};
