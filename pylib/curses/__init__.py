"""Windows on a terminal.

This package is Pyvarium's own stand-in: names and behaviour are those of CPython's, where _curses does the work, too.
"""

import os as _os
import sys as _sys

import _curses
from _curses import *


def _take(names):
    """What _curses knows only after it has begun becomes known here."""
    for name in names:
        if hasattr(_curses, name):
            globals()[name] = getattr(_curses, name)


def initscr():
    """Begins; gives the window that is the whole screen."""
    # Raises an exception where there is no such terminal.
    setupterm(term=_os.environ.get('TERM', 'unknown'), fd=_sys.__stdout__.fileno())
    window = _curses.initscr()
    _take([name for name in vars(_curses) if name.startswith('ACS_')])
    _take(['LINES', 'COLS'])
    return window


def start_color():
    """Begins with colours: COLORS and COLOR_PAIRS are known then."""
    result = _curses.start_color()
    _take(['COLORS', 'COLOR_PAIRS'])
    return result


def wrapper(func, /, *args, **kwds):
    """Calls func(window, ...) between the beginning and the end of curses.

    Keys come one by one, unseen, and special ones as codes; colours are there where the terminal has them. Whatever happens,
    the terminal is given back.
    """
    window = None
    try:
        window = initscr()
        noecho()
        cbreak()
        window.keypad(1)
        try:
            start_color()
        except:
            pass
        return func(window, *args, **kwds)
    finally:
        if window is not None:
            window.keypad(0)
            echo()
            nocbreak()
            endwin()
