# Random calls of windows' methods: what the windows hold and the screen shows after each, as a checksum every ten calls.
# With a seed as argument all of it is printed.
import hashlib
import random
import sys

from _terminal import Terminal

import curses

LETTERS = 'ab cXY  .1'
seeds = [int(arg) for arg in sys.argv[1:]] or range(55, 61)
log = []


def state(w):
    y, x = w.getyx()
    height, width = w.getmaxyx()
    touched = [w.is_linetouched(i) for i in range(height)]
    cells = [(w.instr(i, 0), [w.inch(i, j) for j in range(width)]) for i in range(height)]
    w.move(y, x)
    return (y, x), w.getbegyx(), w.getparyx(), w.getbkgd(), touched, cells


def screen(s):
    return (s.y, s.x), [(''.join(c for c, _ in row), [sorted(
        (k, v) for k, v in attrs.items() if c != ' ' or k in ('bg', 'reverse', 'underline')) for c, attrs in row]) for row in s.rows]


def calls(rnd, wins, w, i):
    """All that may be called of a window: each is a name and what to call."""
    def text():
        extra = '\n\t\b\r\x01' if rnd.random() < .2 else ''
        return ''.join(rnd.choice(LETTERS + extra) for _ in range(rnd.randrange(1, 16)))
    height, width = w.getmaxyx()
    y, x = rnd.randrange(height), rnd.randrange(width)
    attr = rnd.choice([0, curses.A_BOLD, curses.A_REVERSE, curses.A_UNDERLINE, 0x100, 0x200, 0x300, 0x400 | curses.A_BOLD])
    yx = (y, x) if rnd.random() < .6 else ()
    other = wins[(i + 2) % 3] if i < 3 else wins[1 if i > 3 else 2]
    number = rnd.randrange
    yield 'addstr', lambda: w.addstr(*yx, text(), attr)
    yield 'addstr', lambda: w.addstr(*yx, text())
    yield 'addnstr', lambda: w.addnstr(*yx, text(), number(-1, 9), attr)
    yield 'addch', lambda: w.addch(*yx, rnd.choice(LETTERS), attr)
    yield 'addch', lambda: w.addch(*yx, curses.ACS_HLINE)
    yield 'insstr', lambda: w.insstr(*yx, text(), attr)
    yield 'insnstr', lambda: w.insnstr(*yx, text(), number(9))
    yield 'insch', lambda: w.insch(*yx, rnd.choice('ab c'), attr)
    yield 'delch', lambda: w.delch(*yx)
    yield 'move', lambda: w.move(y, x)
    yield 'hline', lambda: w.hline(*yx, rnd.choice(['-', 0, curses.ACS_VLINE]), number(15), attr)
    yield 'vline', lambda: w.vline(*yx, rnd.choice(['|', 0]), number(9))
    yield 'box', w.box
    yield 'border', lambda: w.border('1', '2', 0, '4', 0, '6')
    for name in ('clrtoeol clrtobot erase insertln deleteln standout standend touchwin untouchwin syncup syncdown cursyncup '
                 'redrawwin noutrefresh refresh refresh refresh').split():
        yield name, getattr(w, name)
    yield 'insdelln', lambda: w.insdelln(number(-3, 4))
    yield 'scrollok', lambda: w.scrollok(number(2))
    yield 'scroll', lambda: w.scroll(number(-3, 4))
    yield 'bkgd', lambda: w.bkgd(rnd.choice(' .x '), attr)
    yield 'bkgdset', lambda: w.bkgdset(rnd.choice(' .x '), attr)
    yield 'attron', lambda: w.attron(attr)
    yield 'attroff', lambda: w.attroff(attr)
    yield 'attrset', lambda: w.attrset(attr)
    yield 'chgat', lambda: w.chgat(*yx, number(-1, 6), attr)
    yield 'touchline', lambda: w.touchline(number(height), number(3), number(2))
    yield 'syncok', lambda: w.syncok(number(2))
    yield 'overlay', lambda: w.overlay(other)
    yield 'overwrite', lambda: w.overwrite(other)
    yield 'mvwin', lambda: w.mvwin(number(8), number(30)) if i in (1, 2) else None
    yield 'mvderwin', lambda: w.mvderwin(number(4), number(8)) if i in (3, 4) else None
    yield 'clearok', lambda: w.clearok(number(2))
    yield 'echochar', lambda: w.echochar(rnd.choice('ab c'), attr)


with Terminal() as terminal:
    stdscr = curses.initscr()
    curses.start_color()
    for seed in seeds:
        rnd = random.Random(seed)
        for n in range(1, 8):
            curses.init_pair(n, n, rnd.randrange(8))
        stdscr.bkgd(' ')
        stdscr.clear()
        stdscr.scrollok(False)
        wins = [stdscr, curses.newwin(5, 12, 1, 2), curses.newwin(6, 20, 4, 15)]
        wins += [wins[1].derwin(3, 6, 1, 2), wins[2].derwin(2, 9, 2, 3), stdscr.subwin(4, 10, 7, 3)]
        wins.append(wins[4].derwin(1, 5, 1, 1))
        checksum = hashlib.md5()
        for step in range(60):
            i = rnd.randrange(len(wins))
            name, call = rnd.choice(list(calls(rnd, wins, wins[i], i)))
            try:
                result = call()
            except curses.error as e:
                result = str(e)
            terminal.pump()
            seen = repr((result, [state(w) for w in wins], screen(terminal.screen)))
            checksum.update(seen.encode())
            if len(sys.argv) > 1:
                log.append(f'{seed} {step} {name} of {i}: {seen}')
            elif step % 10 == 9:
                log.append(f'{seed} {step} {name} of {i}: {checksum.hexdigest()}')
        del wins
    curses.endwin()
print('\n'.join(log))
