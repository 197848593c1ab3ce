# Pads, windows in files, windows larger than the screen or at its edge, a terminal without a name, signals while a key is waited for.
import io
import os
import signal

from _terminal import Terminal

import curses

lines = []


def ask(label, f, *args):
    try:
        result = f(*args)
    except Exception as e:
        result = f'{type(e).__name__}: {e}'
    lines.append((label, result if isinstance(result, (int, str, bytes, tuple, type(None))) else type(result).__name__))


def rows(stop=12):
    t.pump()
    return [''.join(c for c, _ in row).rstrip() for row in t.screen.rows[:stop]]


os.environ.pop('TERM', None)
ask('no TERM', curses.setupterm)
ask('no TERM', curses.initscr)
os.environ['TERM'] = ''
ask('empty TERM', curses.setupterm)
with Terminal() as t:
    stdscr = curses.initscr()
    pad = curses.newpad(20, 60)
    pad.scrollok(1)
    for i in range(25):
        pad.addstr(f'{i} ' * 5 + '\n')
    pad.refresh(10, 0, 0, 0, 5, 20)
    lines.append(rows(7))
    pad.refresh(0, 0, 6, 10, 9, 39)
    lines.append(rows())
    pad.resize(3, 10)
    ask('small', pad.refresh, 0, 0, 0, 0, 11, 39)
    lines.append(rows())
    for where in (5, 0, 0, 0, 1, 1), (0, 20, 0, 0, 1, 1), (-1, -1, -1, -1, 2, 2), (0, 0, 5, 5, 4, 4), (0, 0, 0, 0, 12, 0):
        ask(where, pad.noutrefresh, *where)
    ask('the last cells', pad.noutrefresh, 2, 2, 11, 39, 11, 39)

    win = curses.newwin(3, 10, 2, 3)
    win.addstr('hello', curses.A_BOLD)
    win.move(1, 4)
    f = io.BytesIO()
    win.putwin(f)
    f.seek(0)
    got = curses.getwin(f)
    lines.append((got.getmaxyx(), got.getbegyx(), got.getyx(), got.instr(0, 0), got.inch(0, 0), got.getparyx()))
    for file in io.BytesIO(b'junk'), io.BytesIO(), io.StringIO('x'):
        ask('getwin', curses.getwin, file)
    win.immedok(1)
    win.addstr(2, 0, 'now')
    lines.append(rows(5))
    part = win.derwin(1, 1)
    del win
    del part
    again = curses.initscr()
    lines.append((again is stdscr, again.getmaxyx()))
    big = curses.newwin(20, 60)
    big.addstr(0, 0, 'x' * 70)
    big.refresh()
    lines.append(rows(3))
    edge = curses.newwin(3, 10, 10, 35)
    edge.box()
    edge.refresh()
    lines.append(rows())
    ask('mvwin', edge.mvwin, 9, 30)
    ask('mvwin', edge.mvwin, 10, 30)
    ask('wide at the edge', edge.addstr, 0, 9, '日')
    lines.append([edge.instr(i, 0) for i in range(3)])
    curses.def_prog_mode()
    curses.endwin()
    lines.append(curses.isendwin())
    curses.reset_prog_mode()
    stdscr.refresh()
    lines.append(curses.isendwin())
    stdscr.leaveok(1)
    stdscr.addstr(5, 5, 'q')
    stdscr.refresh()
    lines.append(curses.getsyx())

    # A handler that returns ends the wait, one that raises goes through it.
    signal.signal(signal.SIGALRM, lambda *args: lines.append('handler'))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    ask('getch', stdscr.getch)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    ask('get_wch', stdscr.get_wch)
    signal.signal(signal.SIGALRM, lambda *args: 1 / 0)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    ask('getkey', stdscr.getkey)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    ask('getstr', stdscr.getstr)
    curses.endwin()
print(*lines, sep='\n')
