"""A terminal for the tests beside this file: a pseudo-terminal, an entry for it, and what a screen shows.

The entry `pyvt` (12 lines, 40 columns, 8 colours) says no more than Screen below understands, so that what interpreters send
may differ while what is seen must not.
"""
import base64
import os
import re
import tempfile
import termios
import unicodedata
import zlib

ENTRY = (
    'c-'
    'rMuJ#W)M7=8{aQc$4`h@l24LL49%8asB2<<byJP*qf=AXTyyDm9QMPGcvI?WRfdfmmSTCm<FE1||ju76uj;1_mZ3{s`s0!;LCrHki2NdET$*&U'
    'dfnn_)9Jk7?A|Q|9+N(V(1;wgRu-EW7DyE1)2ZLV(G?1eoN5LD3aVVhZ~SV-hzh4;+!z2~wSw-'
    'WhOQ#x-aZ>9B}%hvqM#fE5%eV-q$A4^e|lwv7;7seFQGc%Jag7jf<-*;nKGYrMhR-_-B$o-'
    '!W@AMpvF<LVcD#ka(>{LAru{KT{D981<*V3*kbe?6|o=Qr3QEBv7sj}r3EU+7yiUL#-wmcmIWrDdh0t&qJ-'
    '5SG`uukwn;eT`R^aY9H4In8kC`;d-9W{Hr;DPqGTQU&GIjBbjeCZg+t=EtOa^m!^JZ~8#!3ZX1%x}0q|7Z<eIMd7)4OquKmO7Rw9O^8$x-'
    '6M$YXd<{x&fG|BK}58pVqPxpN_MchSuR(rwOYNtz1?WIuIDwIt(Nb%+d&Y9QM9wu>Fn-yyS?7tUcWyW42L7JT5jHvOv@DS5LSP6g<4X%FLq^Gx'
    '=9<}phKj{=+>cz&2m30S?3kyfl$i>N?s75)XILu9;4p`j?)dpkirkTWzux307r3*vQvorm6@}MGCU`y_0=K2!6S!nx!j_<*%hzAGV;jVST|9~!'
    'd``Kqp`kb;3q2)0?7'
)
LINES, COLUMNS = 12, 40


def use_entry():
    """Has TERM name the entry."""
    folder = tempfile.TemporaryDirectory()
    os.mkdir(os.path.join(folder.name, 'p'))
    with open(os.path.join(folder.name, 'p', 'pyvt'), 'wb') as f:
        f.write(zlib.decompress(base64.b85decode(ENTRY)))
    os.environ.update(TERMINFO=folder.name, TERM='pyvt')
    for name in 'LINES', 'COLUMNS', 'TERMINFO_DIRS', 'NCURSES_NO_UTF8_ACS', 'ESCDELAY':
        os.environ.pop(name, None)
    return folder


class Screen:
    """What a terminal shows that understands the entry's sequences."""

    ACS = dict(zip("`afgjklmnopqrstuvwxyz{|}~", "\u25c6\u2592\xb0\xb1\u2518\u2510\u250c\u2514\u253c\u23ba\u23bb\u2500\u23bc\u23bd\u251c\u2524\u2534\u252c\u2502\u2264\u2265\u03c0\u2260\xa3\xb7"))
    SEQUENCE = re.compile(r'\x1b\[([?0-9;]*)([A-Za-z])|\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)|.', re.S)

    def __init__(self):
        self.y = self.x = 0
        self.acs = self.late = False
        self.attrs = {}
        self.modes = {}
        self.bells = 0
        self.told = []
        self.rows = [[(' ', {})] * COLUMNS for _ in range(LINES)]

    def erase(self, y, start, stop):
        blank = {k: v for k, v in self.attrs.items() if k == 'bg'}
        self.rows[y][start:stop] = [(' ', blank)] * (stop - start)

    def put(self, c):
        if unicodedata.combining(c):
            y, x = self.y, self.x - (not self.late)
            while self.rows[y][x][0] == '':
                x -= 1
            text, attrs = self.rows[y][x]
            self.rows[y][x] = text + c, attrs
            return
        width = 2 if unicodedata.east_asian_width(c) in 'WF' else 1
        if self.late or self.x + width > COLUMNS:
            self.late = False
            self.x = 0
            self.down()
        attrs = dict(self.attrs)
        if self.acs:
            c = self.ACS.get(c, c)
        self.rows[self.y][self.x:self.x + width] = [(c, attrs), ('', attrs)][:width]
        self.x += width
        if self.x == COLUMNS:
            self.x -= 1
            self.late = True

    def down(self):
        if self.y < LINES - 1:
            self.y += 1
        else:
            self.rows.pop(0)
            self.rows.append([(' ', {})] * COLUMNS)

    def graphics(self, numbers):
        names = {1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 5: 'blink', 7: 'reverse', 8: 'invisible'}
        for n in numbers:
            if n == 0:
                self.attrs = {}
            elif n in names:
                self.attrs[names[n]] = True
            elif n in (23, 24, 27):
                self.attrs.pop(names[n - 20], None)
            elif n in (39, 49):
                self.attrs.pop('fg' if n == 39 else 'bg', None)
            elif 30 <= n < 50:
                self.attrs['fg' if n < 40 else 'bg'] = n % 10
            else:
                raise ValueError(n)

    def feed(self, data):
        for match in self.SEQUENCE.finditer(data.decode()):
            text, numbers, kind, osc = match[0], match[1], match[2], match[3]
            if osc is not None:
                self.told.append(osc)
            elif kind is None:
                self.control_or_char(text)
            elif numbers.startswith('?'):
                self.modes[numbers] = kind
            else:
                self.sequence(kind, [int(n or 0) for n in numbers.split(';')])

    def control_or_char(self, c):
        if c == '\r':
            self.x, self.late = 0, False
        elif c == '\n':
            self.down()
        elif c == '\b':
            self.x, self.late = max(0, self.x - 1), False
        elif c == '\a':
            self.bells += 1
        elif c == '\0':
            pass  # padding
        elif c in '\x0e\x0f':
            self.acs = c == '\x0e'
        else:
            assert c >= ' ', c
            self.put(c)

    def sequence(self, kind, numbers):
        if kind == 'm':
            return self.graphics(numbers)
        self.late = False
        if kind == 'H':
            self.y, self.x = (max(n, 1) - 1 for n in (numbers + [1])[:2])
        elif kind == 'A':
            self.y = max(0, self.y - 1)
        elif kind == 'C':
            self.x = min(COLUMNS - 1, self.x + 1)
        elif kind == 'K':
            self.erase(self.y, self.x, COLUMNS)
        elif kind == 'J':
            self.erase(self.y, 0 if numbers == [2] else self.x, COLUMNS)
            for y in range(0 if numbers == [2] else self.y + 1, LINES):
                self.erase(y, 0, COLUMNS)
        else:
            raise ValueError(kind)

    def show(self, label):
        print(f'-- {label}: cursor {self.y},{self.x}')
        for y, row in enumerate(self.rows):
            text = ''.join(c for c, _ in row).rstrip()
            runs = []
            for x, (c, attrs) in enumerate(row):
                seen = sorted(f'{k}{v}' if k in ('fg', 'bg') else k for k, v in attrs.items() if c != ' ' or k in ('bg', 'reverse', 'underline'))
                if runs and runs[-1][2] == seen:
                    runs[-1][1] = x
                else:
                    runs.append([x, x, seen])
            shown = ' '.join(f'{a}-{b}:{",".join(s)}' for a, b, s in runs if s)
            if text or shown:
                print(f'{y:2} |{text}|', shown)


class Terminal:
    """Standard input and output become a terminal, until the end of a with statement."""

    MARK = b'<mark>'

    def __init__(self):
        self.screen = Screen()

    def __enter__(self):
        self.folder = use_entry()
        self.master, self.slave = os.openpty()
        termios.tcsetwinsize(self.slave, (LINES, COLUMNS))
        self.saved = os.dup(0), os.dup(1)
        os.dup2(self.slave, 0)
        os.dup2(self.slave, 1)
        self.lines = []
        return self

    def pump(self):
        """Feeds the screen with what was sent."""
        os.write(self.slave, self.MARK)
        data = b''
        while not data.endswith(self.MARK):
            data += os.read(self.master, 65536)
        self.screen.feed(data.removesuffix(self.MARK))

    def type(self, data):
        os.write(self.master, data)

    def __exit__(self, *exc):
        self.pump()
        for fd, saved in enumerate(self.saved):
            os.dup2(saved, fd)
            os.close(saved)
        os.close(self.slave)
        os.close(self.master)
        self.folder.cleanup()
