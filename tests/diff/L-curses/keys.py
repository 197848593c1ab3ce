# Reading keys: bytes, characters, special keys, lines with editing, timeouts, what is put back, the mouse, a new size.
import threading
import time

from _terminal import Terminal

import curses
import termios

lines = []


def tell(*args):
    lines.append(' '.join(map(str, args)))


def ask(label, f, *args):
    try:
        result = f(*args)
    except Exception as e:
        result = f'{type(e).__name__}: {e}'
    tell(label, ascii(result))
    return result


def modes(terminal):
    iflag, oflag, _, lflag, *_, cc = termios.tcgetattr(terminal.slave)
    return [name for name in ('ICANON', 'ECHO', 'ISIG', 'IEXTEN') if lflag & getattr(termios, name)] + [
        name for name in ('ICRNL', 'IXON') if iflag & getattr(termios, name)] + ['ONLCR'] * (oflag & termios.ONLCR > 0)


with Terminal() as terminal:
    def typed(data, f, *args, label=None):
        terminal.type(data)
        ask(label or f'{f.__name__} {data}', f, *args)

    before = modes(terminal)
    stdscr = curses.initscr()
    tell('modes', before, modes(terminal))
    typed(b'a', stdscr.getch)
    # Lines are read: the first byte of one, then the others.
    curses.nocbreak()
    tell('nocbreak', modes(terminal))
    typed(b'ab\x7fc\n', stdscr.getch)
    for _ in range(2):
        ask('rest', stdscr.getch)
    tell('cursor', stdscr.getyx())
    curses.cbreak()
    tell('cbreak', modes(terminal))
    typed(b'x', stdscr.getch)
    tell('echoed', stdscr.instr(1, 0, 3), stdscr.getyx())
    curses.noecho()
    typed(b'y', stdscr.getch)
    tell('not echoed', stdscr.instr(1, 0, 3), stdscr.getyx())
    typed(b'\r', stdscr.getch)
    curses.nonl()
    typed(b'\r', stdscr.getch)
    curses.nl()
    typed('é'.encode(), stdscr.getch)
    ask('second byte', stdscr.getch)
    typed('é€\U0001f600'.encode(), stdscr.get_wch)
    ask('get_wch', stdscr.get_wch)
    ask('get_wch', stdscr.get_wch)
    typed(b'k', stdscr.getkey)
    typed('é'.encode(), stdscr.getkey)
    ask('getkey', stdscr.getkey)
    # Without keypad() the bytes of a key come one by one.
    typed(b'\x1bOA', stdscr.getch)
    ask('O', stdscr.getch)
    ask('A', stdscr.getch)
    tell('has_key', curses.has_key(curses.KEY_UP))
    stdscr.keypad(True)
    tell('has_key', [curses.has_key(getattr(curses, f'KEY_{k}')) for k in ('UP', 'F1', 'F3', 'BACKSPACE', 'MOUSE', 'RESIZE', 'BTAB')])
    terminal.pump()
    tell('keypad', sorted(terminal.screen.modes.items()))
    for data in b'\x1bOA', b'\x1bOP', b'\x1b[21~', b'\x7f', b'\x1b[3~', b'\x1bOM':
        typed(data, stdscr.getch)
    for data in b'\x1bOA', b'\x1bOQ', b'\x1b[1;5A', b'\x1b[21~':
        typed(data, stdscr.getkey)
    typed(b'\x1bOD', stdscr.get_wch)
    curses.set_escdelay(20)
    typed(b'\x1b', stdscr.getch)
    typed(b'\x1b[x', stdscr.getch)
    ask('rest', stdscr.getch)
    ask('rest', stdscr.getch)
    typed(b'\x1bO', stdscr.getch)
    ask('rest', stdscr.getch)

    stdscr.nodelay(True)
    ask('nodelay getch', stdscr.getch)
    ask('nodelay getkey', stdscr.getkey)
    ask('nodelay get_wch', stdscr.get_wch)
    ask('nodelay getch y, x', stdscr.getch, 3, 4)
    tell(stdscr.getyx())
    stdscr.nodelay(False)
    stdscr.timeout(10)
    start = time.monotonic()
    ask('timeout', stdscr.getch)
    tell(time.monotonic() - start >= 0.01)
    stdscr.timeout(-1)
    curses.halfdelay(1)
    ask('halfdelay', stdscr.getch)
    curses.nocbreak()
    curses.cbreak()

    for ch in 65, 'B', b'C', curses.KEY_F1, 300, 1025:
        ask(f'ungetch {ch}', curses.ungetch, ch)
        ask('getch', stdscr.getch)
    for ch in 'a', 'é', '€', '\U0010ffff', 233, 66:
        ask(f'unget_wch {ascii(ch)}', curses.unget_wch, ch)
        ask('get_wch', stdscr.get_wch)
    curses.ungetch('1')
    curses.ungetch('2')
    terminal.type(b'3')
    tell([chr(stdscr.getch()) for _ in range(3)])
    for n in 0, 9, 32, 65, 127, 128, 160, 255, 256, 257, 265, 275, 409, 410, 411, 511, 512, 513, 600:
        ask(f'keyname {n}', curses.keyname, n)
    tell([n for n in range(500, 620) if curses.keyname(n)])
    curses.meta(False)
    typed('é'.encode(), stdscr.getch)
    ask('second', stdscr.getch)
    ask('keyname', curses.keyname, 200)
    curses.meta(True)

    # Lines.
    stdscr.erase()
    curses.echo()
    typed(b'one\n', stdscr.getstr, 0, 0)
    typed(b'twx\x7fo\n', stdscr.getstr, 1, 0)
    typed(b'gone\x15new\r', stdscr.getstr, 2, 0)
    typed(b'abcdef\n', stdscr.getstr, 3, 0, 4)
    typed('é語\n'.encode(), stdscr.getstr, 4, 0)
    typed(b'ab\x1bODc\x1bOB', stdscr.getstr, 5, 0)
    typed(b'x' * 45 + b'\x7f' * 3 + b'\n', stdscr.getstr, 6, 0)
    tell('cursor', stdscr.getyx())
    for y in range(9):
        tell(y, stdscr.instr(y, 0).rstrip())
    curses.noecho()
    typed(b'unseen\n', stdscr.getstr, 9, 0)
    tell(stdscr.instr(9, 0).rstrip(), stdscr.getyx())
    ask('outside', stdscr.getstr, 99, 0)
    tell(curses.erasechar(), curses.killchar(), modes(terminal))

    # Raw.
    curses.raw()
    tell('raw', modes(terminal))
    typed(b'\x03', stdscr.getch)
    typed(b'\x1a', stdscr.getch)
    curses.noraw()
    tell('noraw', modes(terminal))
    curses.cbreak()
    tell('cbreak', modes(terminal))

    # The mouse.
    tell(curses.mousemask(0), curses.mousemask(curses.ALL_MOUSE_EVENTS | curses.REPORT_MOUSE_POSITION), curses.mousemask(-1))
    curses.mouseinterval(0)
    for data in b'\x1b[<0;5;3M', b'\x1b[<0;5;3m', b'\x1b[<2;40;12M', b'\x1b[<64;1;1M', b'\x1b[<65;1;1M', b'\x1b[<20;7;8M':
        typed(data, stdscr.getch)
        ask('getmouse', curses.getmouse)
    ask('no more', curses.getmouse)
    curses.mouseinterval(200)
    tell(curses.mousemask(curses.ALL_MOUSE_EVENTS))
    for clicks in 1, 2, 3:
        typed(b'\x1b[<0;5;3M\x1b[<0;5;3m' * clicks, stdscr.getch, label=f'{clicks} clicks')
        ask('getmouse', curses.getmouse)
    tell(curses.mousemask(curses.BUTTON1_CLICKED))
    ask('ungetmouse', curses.ungetmouse, 1, 2, 3, 4, curses.BUTTON1_CLICKED)
    ask('getch', stdscr.getch)
    ask('getmouse', curses.getmouse)
    ask('ungetmouse', curses.ungetmouse, 1, 2, 3, 4, curses.BUTTON2_CLICKED)
    ask('getch', stdscr.getch)
    ask('getmouse', curses.getmouse)
    tell(stdscr.enclose(0, 0), stdscr.enclose(11, 39), stdscr.enclose(12, 0), stdscr.enclose(-1, 0))

    # Others go on meanwhile.
    count = []
    thread = threading.Thread(target=lambda: (count.append(1), time.sleep(0.02), terminal.type(b'T')))
    thread.start()
    tell(stdscr.getch(), count)
    thread.join()

    # Another size.
    tell(curses.LINES, curses.COLS, curses.is_term_resized(12, 40), curses.is_term_resized(10, 30))
    win = curses.newwin(4, 10, 8, 30)
    small = curses.newwin(2, 5, 1, 1)
    curses.resizeterm(10, 30)
    tell(curses.LINES, curses.COLS, stdscr.getmaxyx(), win.getbegyx(), win.getmaxyx(), small.getbegyx(), small.getmaxyx())
    tell(stdscr.getch() == curses.KEY_RESIZE)
    curses.resize_term(12, 40)
    tell(curses.LINES, curses.COLS, stdscr.getmaxyx(), win.getbegyx(), win.getmaxyx())
    stdscr.nodelay(True)
    tell(stdscr.getch())
    curses.flushinp()
    curses.endwin()
    tell('after', modes(terminal))
    try:
        curses.endwin()
    except curses.error as e:
        tell(e)
print('\n'.join(lines))
