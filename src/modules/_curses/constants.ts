// constants.ts: numbers and names that programs know.                                                 ncurses: curses.h

export const ERR = -1;
export const A_CHARTEXT = 0xff;
export const A_COLOR = 0xff00;
export const A_ATTRIBUTES = 0xffffff00;
export const A_STANDOUT = 1 << 16;
export const A_UNDERLINE = 1 << 17;
export const A_REVERSE = 1 << 18;
export const A_BLINK = 1 << 19;
export const A_DIM = 1 << 20;
export const A_BOLD = 1 << 21;
export const A_ALTCHARSET = 1 << 22;
export const A_INVIS = 1 << 23;
export const A_PROTECT = 1 << 24;
export const A_ITALIC = 0x80000000;

export const KEY_CODE_YES = 256;
export const KEY_MIN = 257;
export const KEY_DOWN = 258;
export const KEY_LEFT = 260;
export const KEY_BACKSPACE = 263;
export const KEY_F0 = 264;
export const KEY_ENTER = 343;
export const KEY_MOUSE = 409;
export const KEY_RESIZE = 410;
export const KEY_MAX = 511;

/** Attributes, colours and the rest; the buttons of a mouse are made below. */
const PLAIN: Readonly<Record<string, number>> = {
  ERR,
  OK: 0,
  A_ATTRIBUTES,
  A_NORMAL: 0,
  A_STANDOUT,
  A_UNDERLINE,
  A_REVERSE,
  A_BLINK,
  A_DIM,
  A_BOLD,
  A_ALTCHARSET,
  A_INVIS,
  A_PROTECT,
  A_CHARTEXT,
  A_COLOR,
  A_HORIZONTAL: 1 << 25,
  A_LEFT: 1 << 26,
  A_LOW: 1 << 27,
  A_RIGHT: 1 << 28,
  A_TOP: 1 << 29,
  A_VERTICAL: 1 << 30,
  A_ITALIC,
  COLOR_BLACK: 0,
  COLOR_RED: 1,
  COLOR_GREEN: 2,
  COLOR_YELLOW: 3,
  COLOR_BLUE: 4,
  COLOR_MAGENTA: 5,
  COLOR_CYAN: 6,
  COLOR_WHITE: 7,
};

/** What a button does; five bits for each, from the first button on. */
export const RELEASED = 1;
export const PRESSED = 2;
export const CLICKED = 4;
export const DOUBLE_CLICKED = 8;
export const TRIPLE_CLICKED = 16;
export const BUTTON_CTRL = 1 << 25;
export const BUTTON_SHIFT = 1 << 26;
export const BUTTON_ALT = 1 << 27;
export const REPORT_MOUSE_POSITION = 1 << 28;
export const ALL_MOUSE_EVENTS = REPORT_MOUSE_POSITION - 1;

/** The bit of what a button (from 1) does. */
export function button(n: number, what: number): number {
  return what << ((n - 1) * 5);
}

/** Keys from KEY_MIN on, but for the function keys: the name, and the capability that says what the terminal sends. */
const KEYS =
  'BREAK DOWN:kcud1 UP:kcuu1 LEFT:kcub1 RIGHT:kcuf1 HOME:khome BACKSPACE:kbs F DL:kdl1 IL:kil1 DC:kdch1 IC:kich1 ' +
  'EIC:krmir CLEAR:kclr EOS:ked EOL:kel SF:kind SR:kri NPAGE:knp PPAGE:kpp STAB:khts CTAB:kctab CATAB:ktbc ENTER:kent ' +
  'SRESET RESET PRINT:kprt LL:kll A1:ka1 A3:ka3 B2:kb2 C1:kc1 C3:kc3 BTAB:kcbt BEG:kbeg CANCEL:kcan CLOSE:kclo ' +
  'COMMAND:kcmd COPY:kcpy CREATE:kcrt END:kend EXIT:kext FIND:kfnd HELP:khlp MARK:kmrk MESSAGE:kmsg MOVE:kmov ' +
  'NEXT:knxt OPEN:kopn OPTIONS:kopt PREVIOUS:kprv REDO:krdo REFERENCE:kref REFRESH:krfr REPLACE:krpl RESTART:krst ' +
  'RESUME:kres SAVE:ksav SBEG:kBEG SCANCEL:kCAN SCOMMAND:kCMD SCOPY:kCPY SCREATE:kCRT SDC:kDC SDL:kDL SELECT:kslt ' +
  'SEND:kEND SEOL:kEOL SEXIT:kEXT SFIND:kFND SHELP:kHLP SHOME:kHOM SIC:kIC SLEFT:kLFT SMESSAGE:kMSG SMOVE:kMOV ' +
  'SNEXT:kNXT SOPTIONS:kOPT SPREVIOUS:kPRV SPRINT:kPRT SREDO:kRDO SREPLACE:kRPL SRIGHT:kRIT SRSUME:kRES SSAVE:kSAV ' +
  'SSUSPEND:kSPD SUNDO:kUND SUSPEND:kspd UNDO:kund MOUSE:kmous RESIZE';
const FUNCTION_KEYS = 64;

interface Key {
  /** As keyname() has it: KEY_F(1), KEY_UP. */
  name: string;
  code: number;
  /** '': none. */
  capability: string;
}

let all_keys: Key[] | null = null;

export function keys(): readonly Key[] {
  if (all_keys !== null) return all_keys;
  all_keys = [];
  let code = KEY_MIN;
  for (const entry of KEYS.split(' ')) {
    const [name, capability = ''] = entry.split(':') as [string, string?];
    if (name !== 'F') all_keys.push({ name: `KEY_${name}`, code: code++, capability });
    else
      for (let n = 0; n < FUNCTION_KEYS; n++)
        all_keys.push({ name: `KEY_F(${n})`, code: code++, capability: `kf${n}` });
  }
  return all_keys;
}

/** The constants that the module has from the start. */
export function* constants(): Generator<readonly [string, number]> {
  yield* Object.entries(PLAIN);
  const kinds = { PRESSED, RELEASED, CLICKED, DOUBLE_CLICKED, TRIPLE_CLICKED };
  for (let n = 1; n <= 5; n++)
    for (const [kind, what] of Object.entries(kinds)) yield [`BUTTON${n}_${kind}`, button(n, what)];
  yield* Object.entries({ BUTTON_SHIFT, BUTTON_CTRL, BUTTON_ALT, ALL_MOUSE_EVENTS, REPORT_MOUSE_POSITION });
  for (const { name, code } of keys()) yield [name.replace(/[()]/g, ''), code];
  yield ['KEY_MIN', KEY_MIN];
  yield ['KEY_MAX', KEY_MAX];
}

/** Characters of the alternate set, by the ends of their names; the last eleven are other names of the first. */
export const ACS: Readonly<Record<string, string>> = {
  ULCORNER: 'l',
  LLCORNER: 'm',
  URCORNER: 'k',
  LRCORNER: 'j',
  LTEE: 't',
  RTEE: 'u',
  BTEE: 'v',
  TTEE: 'w',
  HLINE: 'q',
  VLINE: 'x',
  PLUS: 'n',
  S1: 'o',
  S9: 's',
  DIAMOND: '`',
  CKBOARD: 'a',
  DEGREE: 'f',
  PLMINUS: 'g',
  BULLET: '~',
  LARROW: ',',
  RARROW: '+',
  DARROW: '.',
  UARROW: '-',
  BOARD: 'h',
  LANTERN: 'i',
  BLOCK: '0',
  S3: 'p',
  S7: 'r',
  LEQUAL: 'y',
  GEQUAL: 'z',
  PI: '{',
  NEQUAL: '|',
  STERLING: '}',
  BSSB: 'l',
  SSBB: 'm',
  BBSS: 'k',
  SBBS: 'j',
  SBSS: 'u',
  SSSB: 't',
  SSBS: 'v',
  BSSS: 'w',
  BSBS: 'q',
  SBSB: 'x',
  SSSS: 'n',
};

/** What a terminal that has no alternate set shows in place of its characters: in Unicode, and else. */
export const ACS_UNICODE: Readonly<Record<string, string>> = {
  l: '\u250c',
  m: '\u2514',
  k: '\u2510',
  j: '\u2518',
  t: '\u251c',
  u: '\u2524',
  v: '\u2534',
  w: '\u252c',
  q: '\u2500',
  x: '\u2502',
  n: '\u253c',
  o: '\u23ba',
  s: '\u23bd',
  '`': '\u25c6',
  a: '\u2592',
  f: '\u00b0',
  g: '\u00b1',
  '~': '\u00b7',
  ',': '\u2190',
  '+': '\u2192',
  '.': '\u2193',
  '-': '\u2191',
  h: '\u2592',
  i: '\u2603',
  '0': '\u25ae',
  p: '\u23bb',
  r: '\u23bc',
  y: '\u2264',
  z: '\u2265',
  '{': '\u03c0',
  '|': '\u2260',
  '}': '\u00a3',
};

/** The number of the pair of colours in attributes. */
export function pair_of(attr: number): number {
  return (attr >>> 8) & 0xff;
}
