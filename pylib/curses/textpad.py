"""A field to edit text in, with keys as Emacs has them, and rectangles."""

import curses
import curses.ascii


def rectangle(win, uly, ulx, lry, lrx):
    """Draws a rectangle from its upper left to its lower right corner."""
    height, width = lry - uly - 1, lrx - ulx - 1
    for x in ulx, lrx:
        win.vline(uly + 1, x, curses.ACS_VLINE, height)
    for y in uly, lry:
        win.hline(y, ulx + 1, curses.ACS_HLINE, width)
    win.addch(uly, ulx, curses.ACS_ULCORNER)
    win.addch(uly, lrx, curses.ACS_URCORNER)
    win.addch(lry, lrx, curses.ACS_LRCORNER)
    win.addch(lry, ulx, curses.ACS_LLCORNER)


class Textbox:
    """Edits text in a window.

    Ctrl-A and Ctrl-E go to the beginning and the end of the line, Ctrl-B, Ctrl-F, Ctrl-P, Ctrl-N (and the arrow keys) move,
    Ctrl-D and Ctrl-H delete, Ctrl-K deletes the rest of the line or an empty line, Ctrl-O inserts a line, Ctrl-J goes to the
    next line (or ends, if there is but one), Ctrl-L refreshes, Ctrl-G ends.
    """

    def __init__(self, win, insert_mode=False):
        self.win = win
        self.insert_mode = insert_mode
        self._update_max_yx()
        self.stripspaces = 1
        self.lastcmd = None
        win.keypad(1)

    def _update_max_yx(self):
        height, width = self.win.getmaxyx()
        self.maxy = height - 1
        self.maxx = width - 1

    def _text(self, byte):
        return bytes([byte & curses.A_CHARTEXT]).decode(self.win.encoding, 'replace')

    def _char_at(self, *yx):
        """The character at a place, or at the cursor."""
        return self.win.instr(*yx, 1).decode(self.win.encoding, 'replace')

    def _cell_here(self):
        """The cell at the cursor as addch() takes it."""
        return self.win.instr(1)[0] | self.win.inch() & curses.A_ATTRIBUTES

    def _end_of_line(self, y):
        """Where the text of a line ends: behind its last character, or in the last column."""
        self._update_max_yx()
        x = self.maxx
        while x > 0 and self._char_at(y, x) == ' ':
            x -= 1
        if x == 0 and self._char_at(y, 0) == ' ':
            return 0
        return min(self.maxx, x + 1)

    def _insert_printable_char(self, ch):
        self._update_max_yx()
        y, x = self.win.getyx()
        first_move = None
        while True:
            if self.insert_mode:
                pushed = self._cell_here()
            if y >= self.maxy and x >= self.maxx:
                # Writing there would move the cursor out of the window.
                self.win.insch(self._text(ch), ch & curses.A_ATTRIBUTES)
                break
            self.win.addch(ch)
            if not self.insert_mode or not self._text(pushed).isprintable():
                break
            # What stood there goes one place on.
            ch = pushed
            y, x = self.win.getyx()
            if first_move is None:
                first_move = y, x
        if first_move is not None:
            self.win.move(*first_move)

    def _line_end_or_edge(self, y):
        return self._end_of_line(y) if self.stripspaces else self.maxx

    def _go_left(self, y, x):
        if x > 0:
            self.win.move(y, x - 1)
        elif y > 0:
            self.win.move(y - 1, self._line_end_or_edge(y - 1))

    def _go_right(self, y, x):
        if x < self.maxx:
            self.win.move(y, x + 1)
        elif y < self.maxy:
            self.win.move(y + 1, 0)

    def _go_to_line(self, y, x):
        if 0 <= y <= self.maxy:
            self.win.move(y, x)
            end = self._end_of_line(y)
            if x > end:
                self.win.move(y, end)

    def _kill_line(self, y, x):
        if x == 0 and self._end_of_line(y) == 0:
            self.win.deleteln()
        else:
            # Looking for the end has moved the cursor.
            self.win.move(y, x)
            self.win.clrtoeol()

    def do_command(self, ch):
        """Does what a key stands for; 0 if that is to end."""
        codes = curses.ascii
        self._update_max_yx()
        y, x = self.win.getyx()
        self.lastcmd = ch
        if ch <= 0xFF and self._text(ch).isprintable():
            self._insert_printable_char(ch)
        elif ch == codes.SOH:
            self.win.move(y, 0)
        elif ch in (codes.STX, curses.KEY_LEFT):
            self._go_left(y, x)
        elif ch in (codes.BS, codes.DEL, curses.KEY_BACKSPACE):
            self._go_left(y, x)
            self.win.delch()
        elif ch == codes.EOT:
            self.win.delch()
        elif ch == codes.ENQ:
            self.win.move(y, self._line_end_or_edge(y))
        elif ch in (codes.ACK, curses.KEY_RIGHT):
            self._go_right(y, x)
        elif ch == codes.BEL:
            return 0
        elif ch == codes.NL:
            if self.maxy == 0:
                return 0
            if y < self.maxy:
                self.win.move(y + 1, 0)
        elif ch == codes.VT:
            self._kill_line(y, x)
        elif ch == codes.FF:
            self.win.refresh()
        elif ch in (codes.SO, curses.KEY_DOWN):
            self._go_to_line(y + 1, x)
        elif ch == codes.SI:
            self.win.insertln()
        elif ch in (codes.DLE, curses.KEY_UP):
            self._go_to_line(y - 1, x)
        return 1

    def gather(self):
        """The text of the window."""
        text = ''
        self._update_max_yx()
        for y in range(self.maxy + 1):
            self.win.move(y, 0)
            end = self._end_of_line(y)
            if end == 0 and self.stripspaces:
                continue
            last = min(end, self.maxx) if self.stripspaces else self.maxx
            text += ''.join(self._char_at(y, x) for x in range(last + 1))
            if self.maxy > 0:
                text += '\n'
        return text

    def edit(self, validate=None):
        """Reads keys until one ends it; gives the text. validate(key) may change each."""
        while True:
            ch = self.win.getch()
            if validate is not None:
                ch = validate(ch)
            if not ch:
                continue
            if not self.do_command(ch):
                return self.gather()
            self.win.refresh()
