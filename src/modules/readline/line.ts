// line.ts: the line that is edited, and how its changes are undone.                     GNU readline: text.c, undo.c
import type { Undo } from './history.ts';
import { char_width, codes, text_of } from './text.ts';

/** As many typed characters are undone at once, at most. */
const TYPED_TOGETHER = 20;

export class Line {
  chars: number[] = [];
  /** The cursor: an index of `chars`. */
  point = 0;
  mark = 0;
  /** Newest last. */
  undos: Undo[] = [];

  get text(): string {
    return text_of(this.chars);
  }

  /** Puts another line in place, whose changes cannot be undone. */
  set(text: string, undos: Undo[] = []): void {
    this.chars = codes(text);
    this.undos = undos;
    this.point = this.chars.length;
    this.mark = 0;
  }

  insert(chars: readonly number[]): void {
    if (chars.length === 0) return;
    const last = this.undos.at(-1);
    const typed = chars.length === 1 && chars[0]! < 0x80 && last?.what === 'insert' && last.end === this.point;
    if (typed && last.end - last.start < TYPED_TOGETHER) last.end++;
    else this.undos.push({ what: 'insert', start: this.point, end: this.point + chars.length });
    this.put(this.point, chars);
    this.point += chars.length;
  }

  /** Removes what is between two places, in either order; the cursor stays with its character. */
  remove(from: number, to: number): void {
    const start = Math.min(from, to);
    const end = Math.max(from, to);
    if (start === end) return;
    this.undos.push({ what: 'delete', start, chars: this.chars.slice(start, end) });
    this.chars.splice(start, end - start);
    if (this.point > end) this.point -= end - start;
    else if (this.point > start) this.point = start;
    this.mark = Math.min(this.mark, this.chars.length);
  }

  /** Has what `change` does undone at once. */
  group(change: () => void): void {
    this.undos.push({ what: 'begin' });
    change();
    this.undos.push({ what: 'end' });
  }

  replace(start: number, end: number, chars: readonly number[]): void {
    this.group(() => {
      this.remove(start, end);
      this.point = start;
      this.insert(chars);
    });
  }

  private put(at: number, chars: readonly number[]): void {
    this.chars = [...this.chars.slice(0, at), ...chars, ...this.chars.slice(at)];
  }

  /** Undoes the last change; whether there was one. */
  undo(): boolean {
    if (this.undos.length === 0) return false;
    let open = 0;
    do {
      const change = this.undos.pop();
      if (change === undefined) break;
      if (change.what === 'end') open++;
      else if (change.what === 'begin') open--;
      else if (change.what === 'insert') {
        this.chars.splice(change.start, change.end - change.start);
        this.point = change.start;
      } else {
        this.put(change.start, change.chars);
        this.point = change.start + change.chars.length;
      }
    } while (open > 0);
    return true;
  }

  /** The place behind the character at `at`, with what combines with it. */
  next(at: number): number {
    if (at >= this.chars.length) return at;
    at++;
    while (at < this.chars.length && char_width(this.chars[at]!) === 0) at++;
    return at;
  }

  /** The place of the character before. */
  previous(at: number): number {
    if (at <= 0) return 0;
    at--;
    while (at > 0 && char_width(this.chars[at]!) === 0) at--;
    return at;
  }
}
