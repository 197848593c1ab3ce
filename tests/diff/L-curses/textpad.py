# curses.wrapper(), curses.textpad: editing with keys, rectangles.
from _terminal import Terminal

import curses
import curses.ascii
import curses.textpad

lines = []


def edit(stdscr, keys, height=3, width=8, insert_mode=False, strip=True, text=''):
    win = curses.newwin(height, width, 2, 2)
    for y, line in enumerate(text.split('\n')):
        win.addstr(y, 0, line)
    win.move(0, 0)
    box = curses.textpad.Textbox(win, insert_mode)
    box.stripspaces = strip
    terminal.type(keys + b'\x07')
    lines.append((keys, insert_mode, strip, box.edit(), win.getyx(), box.lastcmd))


def body(stdscr, a, b=None):
    lines.append((a, b, curses.isendwin(), sorted(k for k in vars(curses) if k in ('LINES', 'COLS', 'COLORS', 'COLOR_PAIRS'))))
    terminal.pump()
    edit(stdscr, b'hello\nworld\nx')
    edit(stdscr, b'hello\nworld\nx', strip=False)
    edit(stdscr, b'abc\x01X')
    edit(stdscr, b'abc\x01X', insert_mode=True)
    edit(stdscr, b'abcdefghij\x1bOA\x05Z', insert_mode=True)
    edit(stdscr, b'0123456789' * 3)
    edit(stdscr, b'\x0b\x0b\x0b', text='one\ntwo\nthree')
    edit(stdscr, b'\x06\x06\x04\x0e\x7f\x0f', text='one\ntwo\nthree')
    edit(stdscr, b'\x02\x06\x10\x0e\x0e\x0e\x06\x06\x06\x06\x06\x06\x06\x06\x06!', text='one\ntwo\nthree')
    edit(stdscr, b'\x1bOB\x1bOC\x1bOD\x1bOD\x1bOA\x0c?', text='one\ntwo\nthree')
    edit(stdscr, b'one line\n', height=1)
    edit(stdscr, 'é'.encode())
    win = curses.newwin(2, 8, 0, 0)
    terminal.type(b'aqb\x07')
    lines.append(curses.textpad.Textbox(win).edit(lambda ch: 0 if ch == ord('q') else ch))
    stdscr.erase()
    curses.textpad.rectangle(stdscr, 1, 2, 5, 12)
    stdscr.refresh()
    terminal.pump()
    return 'result'


with Terminal() as terminal:
    lines.append(curses.wrapper(body, 1, b=2))
    lines.append(curses.isendwin())
    terminal.pump()
    rows = [''.join(c for c, _ in row).rstrip() for row in terminal.screen.rows]
    try:
        curses.wrapper(lambda w: 1 / 0)
    except ZeroDivisionError as e:
        lines.append(repr(e))
    lines.append(curses.isendwin())
print(*lines, sep='\n')
print('\n'.join(rows))
print(curses.textpad.Textbox.__init__.__defaults__, [n for n in dir(curses.textpad.Textbox) if n[0] != '_'])
