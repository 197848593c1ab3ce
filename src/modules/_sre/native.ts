// native.ts: searching by V8's own regular expressions, for patterns that have a translation.
//
// A program is translated when the engine has worked on it for a while: that takes longer than a few searches. What V8 does
// cannot be interrupted, so it gets only what ends soon whatever the text is; a search that might take long is cut into tries
// at the places where a match can begin. `-X re=own` leaves all to the engine, `-X re=v8` does not wait.
import { current } from '../../core/tstate.ts';
import { let_signals_in, type State } from './engine.ts';
import type { Program } from './program.ts';
import { type Translation, translate } from './translate.ts';

/** Characters that the engine looks at before a translation is made. */
const WORTH_IT = 20_000;
/** What a call counts beside its characters. */
const CALL = 50;
/** Most steps that V8 may be given at once: less than a second's. */
const STEPS = 4e8;

/** What a try gave. */
export const NO_MATCH = 0;
export const MATCH = 1;
/** The engine is to do it. */
export const DECLINED = 2;

export class NativePattern {
  private readonly translation: Translation;
  /** Most steps at once. */
  private readonly steps: number;
  private broken = false;
  private readonly flags: string;
  private searching: RegExp | null = null;
  private sticky: RegExp | null = null;
  private whole: RegExp | null = null;
  private beginnings: RegExp | null = null;

  constructor(translation: Translation, steps = STEPS) {
    this.translation = translation;
    this.steps = steps;
    this.flags = translation.groups.length > 0 ? 'd' : '';
  }

  /** Matches or searches as the state says; on success the state is as the engine would leave it. */
  run(s: State, text: string, search: boolean): number {
    const { translation } = this;
    if (this.broken || s.end !== text.length || (s.must_advance && !translation.takes_some)) return DECLINED;
    try {
      const found = search ? this.search(s, text) : this.match(s, text);
      if (typeof found === 'number') return found;
      this.take(s, found);
      return MATCH;
    } catch (e) {
      // RangeError: V8's own stack; SyntaxError: too large a pattern for it.
      if (!(e instanceof RangeError || e instanceof SyntaxError)) throw e;
      this.broken = true;
      return DECLINED;
    }
  }

  private match(s: State, text: string): RegExpExecArray | number {
    const { source, cost } = this.translation;
    const length = s.end - s.start;
    let regexp: RegExp;
    if (s.match_all) {
      if (length ** (cost + 1) > this.steps) return DECLINED;
      regexp = this.whole ??= new RegExp(`(?:${source})$`, `y${this.flags}`);
    } else {
      if (length ** cost > this.steps) return DECLINED;
      regexp = this.sticky ??= new RegExp(source, `y${this.flags}`);
    }
    regexp.lastIndex = s.start;
    return regexp.exec(text) ?? NO_MATCH;
  }

  private search(s: State, text: string): RegExpExecArray | number {
    const { source, cost, anchored, beginning } = this.translation;
    if (anchored) return this.match(s, text);
    if ((s.end - s.start) ** (cost + 1) <= this.steps) {
      const regexp = (this.searching ??= new RegExp(source, `g${this.flags}`));
      regexp.lastIndex = s.start;
      return regexp.exec(text) ?? NO_MATCH;
    }
    if (beginning === null || (s.end - s.start) ** cost > this.steps) return DECLINED;
    const beginnings = (this.beginnings ??= new RegExp(beginning, 'g'));
    const sticky = (this.sticky ??= new RegExp(source, `y${this.flags}`));
    for (let at = s.start, tries = 1; ; tries++) {
      if ((tries & 0xff) === 0) let_signals_in();
      beginnings.lastIndex = at;
      if (!beginnings.test(text)) return NO_MATCH;
      // The last character is where it begins.
      at = beginnings.lastIndex - 1;
      sticky.lastIndex = at;
      const found = sticky.exec(text);
      if (found !== null) return found;
      at++;
    }
  }

  private take(s: State, found: RegExpExecArray): void {
    const { groups, ends } = this.translation;
    s.start = found.index;
    s.ptr = found.index + found[0].length;
    s.must_advance = false;
    if (groups.length === 0) return;
    const { marks } = s;
    const { indices } = found;
    for (let i = 0; i < groups.length; i++) {
      const span = indices![i + 1];
      const m = (groups[i]! - 1) * 2;
      marks[m] = span === undefined ? -1 : span[0];
      marks[m + 1] = span === undefined ? -1 : span[1];
    }
    s.lastmark = 2 * groups.length - 1;
    s.lastindex = -1;
    for (let i = ends.length - 1; i >= 0; i--) {
      if (marks[(ends[i]! - 1) * 2]! >= 0) {
        s.lastindex = ends[i]!;
        break;
      }
    }
  }
}

/** The pattern for V8, once the engine has worked enough on the program; null if there is none (yet). */
export function native_pattern(program: Program, length: number): NativePattern | null {
  if (program.native !== undefined) return program.native;
  program.work += CALL + length;
  const mode = current.tstate.interp.config.xoptions.re;
  if (mode === 'own' || (mode !== 'v8' && program.work < WORTH_IT)) return null;
  const translation = translate(program);
  program.native = translation === null ? null : new NativePattern(translation);
  return program.native;
}
