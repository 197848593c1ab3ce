// tty.ts: the modes of the terminal's line.                                          ncurses: lib_raw.c, lib_ttyflags.c; termios(3)
//
// The host's calls take milliseconds: what was set last is kept, and nothing is set that is so already.

import { HostError, type HostTermios } from '../../core/host.ts';
import { host } from '../args.ts';
import { TERMIOS_CONSTANTS } from '../termios/constants.ts';
import { ERR } from './constants.ts';

const OK = 0;
const {
  BRKINT,
  ICRNL,
  INLCR,
  IGNCR,
  IXON,
  PARMRK,
  ONLCR,
  ECHO,
  ECHONL,
  ICANON,
  IEXTEN,
  ISIG,
  NOFLSH,
  VERASE,
  VKILL,
  VMIN,
  VTIME,
} = TERMIOS_CONSTANTS as Record<
  | 'BRKINT'
  | 'ICRNL'
  | 'INLCR'
  | 'IGNCR'
  | 'IXON'
  | 'PARMRK'
  | 'ONLCR'
  | 'ECHO'
  | 'ECHONL'
  | 'ICANON'
  | 'IEXTEN'
  | 'ISIG'
  | 'NOFLSH'
  | 'VERASE'
  | 'VKILL'
  | 'VMIN'
  | 'VTIME',
  number
>;
const COOKED_INPUT = IXON | BRKINT | PARMRK;
const TCSADRAIN = 1;

/** The baud rates that programs are told, by the code in cflag. */
const SPEEDS = [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];
const FAST_SPEEDS = [0, 57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000];

function copy(modes: HostTermios): HostTermios {
  return { ...modes, cc: [...modes.cc] };
}

function equal(a: HostTermios, b: HostTermios): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class Tty {
  /** The descriptor that is asked and told. */
  readonly fd: number;
  private now: HostTermios | null = null;
  private shell: HostTermios | null = null;
  private program: HostTermios | null = null;
  private saved: HostTermios | null = null;

  constructor(fd: number) {
    this.fd = fd;
    this.now = this.read();
    this.shell = this.now;
    this.program = this.now;
  }

  private read(): HostTermios | null {
    const { files, terminals } = host();
    try {
      return terminals === undefined || !files.isatty(this.fd) ? null : terminals.get(this.fd);
    } catch (e) {
      if (e instanceof HostError) return null;
      throw e;
    }
  }

  private set(modes: HostTermios | null): number {
    if (modes === null || this.now === null) return ERR;
    if (equal(modes, this.now)) return OK;
    try {
      host().terminals!.set(this.fd, TCSADRAIN, modes);
    } catch (e) {
      if (e instanceof HostError) return ERR;
      throw e;
    }
    this.now = copy(modes);
    return OK;
  }

  private change(f: (modes: HostTermios) => void): number {
    if (this.now === null) return ERR;
    const modes = copy(this.now);
    f(modes);
    return this.set(modes);
  }

  /** What a program with windows begins with: single characters, no echo, no translation of line ends. */
  begin(): void {
    this.change(m => {
      m.lflag &= ~(ICANON | ECHO | ECHONL);
      m.cc[VMIN] = 1;
      m.cc[VTIME] = 0;
      m.iflag &= ~(ICRNL | INLCR | IGNCR);
      m.oflag &= ~ONLCR;
    });
    this.program = this.now;
  }

  cbreak(on: boolean): number {
    return this.change(m => {
      if (on) {
        m.lflag = (m.lflag & ~ICANON) | ISIG;
        m.iflag &= ~ICRNL;
        m.cc[VMIN] = 1;
        m.cc[VTIME] = 0;
      } else {
        m.lflag |= ICANON;
        m.iflag |= ICRNL;
        this.restore_chars(m);
      }
    });
  }

  raw(on: boolean): number {
    return this.change(m => {
      if (on) {
        m.lflag &= ~(ICANON | ISIG | IEXTEN);
        m.iflag &= ~COOKED_INPUT;
        m.cc[VMIN] = 1;
        m.cc[VTIME] = 0;
      } else {
        m.lflag |= ISIG | ICANON | ((this.shell?.lflag ?? 0) & IEXTEN);
        m.iflag |= COOKED_INPUT;
        this.restore_chars(m);
      }
    });
  }

  /** Their places hold characters again that end input. */
  private restore_chars(m: HostTermios): void {
    for (const i of [VMIN, VTIME]) m.cc[i] = this.shell?.cc[i] ?? m.cc[i]!;
  }

  /** Whether interrupts throw away what waits to be read and sent. */
  flush_on_interrupt(on: boolean): number {
    return this.change(m => {
      m.lflag = on ? m.lflag & ~NOFLSH : m.lflag | NOFLSH;
    });
  }

  define_shell_mode(): number {
    this.shell = this.now = this.read();
    return this.now === null ? ERR : OK;
  }

  define_program_mode(): number {
    this.program = this.now = this.read();
    return this.now === null ? ERR : OK;
  }

  shell_mode(): number {
    return this.set(this.shell);
  }

  program_mode(): number {
    return this.set(this.program);
  }

  /** The program's modes are those of now: it leaves them for a while. */
  keep_program_mode(): void {
    this.program = this.now;
  }

  save(): number {
    this.saved = this.now = this.read();
    return this.now === null ? ERR : OK;
  }

  restore(): number {
    return this.set(this.saved);
  }

  /** The modes, to come back to. */
  get modes(): HostTermios | null {
    return this.now;
  }

  come_back(modes: HostTermios | null): void {
    this.set(modes);
  }

  get erase_char(): number {
    return this.shell?.cc[VERASE] ?? 0xff;
  }

  get kill_char(): number {
    return this.shell?.cc[VKILL] ?? 0xff;
  }

  baudrate(): number {
    const code = this.shell?.cflag ?? 0;
    const speed = ((code & 0x1000) === 0 ? SPEEDS : FAST_SPEEDS)[code & 15];
    return speed ?? 0;
  }
}
