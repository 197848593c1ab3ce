// tparm.ts: the little stack language of terminfo's strings.                                         ncurses: terminfo(5)
//
// Strings have a character per byte. Parameters are numbers: there is no text that %s could show.

/** A to Z keep their values from call to call, a to z do not. */
const statics = new Map<string, number>();

/** The part of a conversion that printf(3) would get: flags, width, precision and a letter. */
const FORMAT = /^:?([-+# 0]*)(\d*)(?:\.(\d*))?([doxXsc])/;
const FORMAT_WITHOUT_COLON = /^([# 0]*)(\d*)(?:\.(\d*))?([doxXsc])/;

function format(value: number, flags: string, width: number, precision: number, letter: string): string {
  let digits: string;
  let sign = '';
  if (letter === 'd') {
    digits = String(Math.abs(value));
    sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  } else {
    digits = (value >>> 0).toString(letter === 'o' ? 8 : 16);
    if (letter === 'X') digits = digits.toUpperCase();
    if (flags.includes('#') && value !== 0) sign = letter === 'o' ? '0' : `0${letter}`;
  }
  if (precision >= 0) digits = precision === 0 && value === 0 ? '' : digits.padStart(precision, '0');
  if (flags.includes('-')) return (sign + digits).padEnd(width);
  if (flags.includes('0') && precision < 0) return sign + digits.padStart(width - sign.length, '0');
  return (sign + digits).padStart(width);
}

/** Skips from behind a %t or %e to behind the %e (if that ends it) or %; that belongs to it. */
function skip(text: string, at: number, else_ends: boolean): number {
  for (let depth = 0; at < text.length; at++) {
    if (text[at] !== '%') continue;
    const c = text[++at];
    if (c === '?') depth++;
    else if (c === ';' && depth-- === 0) return at + 1;
    else if (c === 'e' && depth === 0 && else_ends) return at + 1;
  }
  return at;
}

/** What a string becomes with these parameters; null: it asks for a text. */
export function tparm(text: string, parameters: readonly number[]): string | null {
  const params = Array.from({ length: 9 }, (_, i) => parameters[i] ?? 0);
  const dynamic = new Map<string, number>();
  const stack: number[] = [];
  const pop = (): number => stack.pop() ?? 0;
  const binary = (f: (x: number, y: number) => number): void => {
    const y = pop();
    const x = pop();
    stack.push(f(x, y) | 0);
  };
  let out = '';
  let at = 0;
  while (at < text.length) {
    const c = text[at++]!;
    if (c !== '%') {
      out += c;
      continue;
    }
    const rest = text.slice(at);
    const match = (rest.startsWith(':') ? FORMAT : FORMAT_WITHOUT_COLON).exec(rest);
    if (match?.[4] === 's') return null;
    if (match !== null && match[4] !== 'c') {
      at += match[0].length;
      const precision = match[3] === undefined ? -1 : Number(match[3]);
      out += format(pop(), match[1]!, Number(match[2]), precision, match[4]!);
      continue;
    }
    const op = text[at++];
    switch (op) {
      case '%':
        out += '%';
        break;
      case 'c': {
        // A null would end the string.
        const code = pop() & 255;
        out += code === 0 ? '\x80' : String.fromCharCode(code);
        break;
      }
      case 'p': {
        const i = text.charCodeAt(at++) - 49;
        if (i >= 0 && i < 9) stack.push(params[i]!);
        break;
      }
      case 'P':
      case 'g': {
        const name = text[at++] ?? '';
        const where = /[A-Z]/.test(name) ? statics : dynamic;
        if (op === 'P') where.set(name, pop());
        else stack.push(where.get(name) ?? 0);
        break;
      }
      case "'":
        stack.push(text.charCodeAt(at) || 0);
        at += 2;
        break;
      case '{': {
        const end = text.indexOf('}', at);
        stack.push(Number.parseInt(text.slice(at), 10) || 0);
        at = end < 0 ? text.length : end + 1;
        break;
      }
      case 'l':
        pop();
        stack.push(0);
        break;
      case '+':
        binary((x, y) => x + y);
        break;
      case '-':
        binary((x, y) => x - y);
        break;
      case '*':
        binary(Math.imul);
        break;
      case '/':
        binary((x, y) => (y === 0 ? 0 : x / y));
        break;
      case 'm':
        binary((x, y) => (y === 0 ? 0 : x % y));
        break;
      case '&':
        binary((x, y) => x & y);
        break;
      case '|':
        binary((x, y) => x | y);
        break;
      case '^':
        binary((x, y) => x ^ y);
        break;
      case '=':
        binary((x, y) => (x === y ? 1 : 0));
        break;
      case '<':
        binary((x, y) => (x < y ? 1 : 0));
        break;
      case '>':
        binary((x, y) => (x > y ? 1 : 0));
        break;
      case 'A':
        binary((x, y) => (x !== 0 && y !== 0 ? 1 : 0));
        break;
      case 'O':
        binary((x, y) => (x !== 0 || y !== 0 ? 1 : 0));
        break;
      case '!':
        stack.push(pop() === 0 ? 1 : 0);
        break;
      case '~':
        stack.push(~pop());
        break;
      case 'i':
        params[0]!++;
        params[1]!++;
        break;
      case 't':
        if (pop() === 0) at = skip(text, at, true);
        break;
      case 'e':
        at = skip(text, at, false);
        break;
      default:
        // %? and %; need nothing; what is unknown is left out.
        break;
    }
  }
  return out;
}

/** A piece of output: text, and the milliseconds to wait behind it where the string insists on that. */
export interface Padded {
  text: string;
  wait: number;
}

/** Takes the delays ($<5>) out of a string. Terminals of today need those only that must be ($<5/>). */
export function split_padding(text: string): Padded[] {
  const out: Padded[] = [];
  let last = 0;
  for (const match of text.matchAll(/\$<(\d+(?:\.\d)?)([*/]*)>/g)) {
    out.push({ text: text.slice(last, match.index), wait: match[2]!.includes('/') ? Number(match[1]) : 0 });
    last = match.index + match[0].length;
  }
  out.push({ text: text.slice(last), wait: 0 });
  return out;
}
