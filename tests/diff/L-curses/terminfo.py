# Entries of the terminfo database, and the language of their strings.
import os
import tempfile

from _terminal import use_entry

import _curses
import curses
import curses.has_key


def ask(f, *args):
    try:
        result = f(*args)
    except Exception as e:
        result = f'{type(e).__name__}: {e}'
    print(f.__name__, *map(ascii, args), '->', ascii(result))


for f in curses.tigetflag, curses.tigetnum, curses.tigetstr:
    ask(f, 'am')
ask(curses.tparm, b'x')
ask(curses.killchar)
folder = use_entry()
for name in 'nosuch', '', '.', '..', 'p/pyvt', 'x\0y', 5:
    ask(curses.setupterm, name)
os.environ['TERM'] = 'nosuch'
ask(curses.setupterm)
ask(curses.initscr)
ask(curses.setupterm, 'pyvt', 'x')
with open(os.path.join(folder.name, 'p', 'pbad'), 'wb') as f:
    f.write(b'\x1a\x01 nonsense')
ask(curses.setupterm, 'pbad')
# Found by way of TERMINFO_DIRS.
os.environ['TERMINFO_DIRS'] = '/nowhere:' + os.environ.pop('TERMINFO')
os.environ['TERM'] = 'pyvt'
ask(curses.setupterm)
ask(curses.setupterm, 'nosuch')
for name in 'am', 'bw', 'xenl', 'AX', 'XT', 'cols', 'nosuch', 'cup', 'OTbs':
    ask(curses.tigetflag, name)
for name in 'cols', 'lines', 'colors', 'it', 'vt', 'U9', 'am', 'nosuch', 'cup':
    ask(curses.tigetnum, name)
for name in 'cup', 'bel', 'kf1', 'kf3', 'acsc', 'XX', 'kUP5', 'E3', 'am', 'cols', 'nosuch', 'el':
    ask(curses.tigetstr, name)
ask(curses.tigetstr, b'am')
ask(curses.tigetstr, 'a\0b')
print(sorted(k for k in curses.has_key._capability_names.values() if curses.tigetstr(k)))
for key in curses.KEY_UP, curses.KEY_F1, curses.KEY_F3, 'a', 9999:
    ask(curses.has_key.has_key, key)
ask(curses.has_key, 1) if callable(curses.has_key) else print('has_key is the module')

PROGRAMS = [
    (rb'\E[%i%p1%d;%p2%dH', 4, 9),
    (rb'%%%p1%c%p2%c', 65, 300),
    (rb'%p1%s', 0),
    (rb'%p1%d|%p2%:-5d|%p3%5d|%p4%05d|%p5%.3d', 0, 42, 42, 42, 7),
    (rb'%p1%o %p1%x %p1%X %p1%#x %p1%#o %p1%+d', 250),
    (rb'%p1%: d|%p1%:-6.4x|', 250),
    (rb'%p1%d %p2%d', -5, -2147483648),
    (rb'%p1%x', -1),
    (rb"%p1%' '%+%c%{33}%c", 5),
    (rb'%p1%p2%+%d %p1%p2%-%d %p1%p2%*%d %p1%p2%/%d %p1%p2%m%d', 17, 5),
    (rb'%p1%p2%/%d %p1%p2%m%d', 17, 0),
    (rb'%p1%p2%/%d %p1%p2%m%d', -17, 5),
    (rb'%p1%p2%&%d %p1%p2%|%d %p1%p2%^%d %p1%~%d %p1%!%d', 12, 10),
    (rb'%p1%p2%=%d%p1%p2%<%d%p1%p2%>%d%p1%p2%A%d%p1%p2%O%d', 3, 4),
    (rb'%p1%p2%=%d%p1%p2%<%d%p1%p2%>%d%p1%p2%A%d%p1%p2%O%d', 0, 0),
    (rb'%?%p1%tyes%eno%;', 1),
    (rb'%?%p1%tyes%eno%;', 0),
    (rb'%?%p1%tyes%;.', 0),
    (rb'%?%p1%{1}%=%tone%e%p1%{2}%=%ttwo%e%p1%{3}%=%tthree%eother%;!', 1),
    (rb'%?%p1%{1}%=%tone%e%p1%{2}%=%ttwo%e%p1%{3}%=%tthree%eother%;!', 2),
    (rb'%?%p1%{1}%=%tone%e%p1%{2}%=%ttwo%e%p1%{3}%=%tthree%eother%;!', 3),
    (rb'%?%p1%{1}%=%tone%e%p1%{2}%=%ttwo%e%p1%{3}%=%tthree%eother%;!', 4),
    (rb'%?%p1%t%?%p2%tboth%eonly 1%;%e%?%p2%tonly 2%enone%;%;!', 1, 1),
    (rb'%?%p1%t%?%p2%tboth%eonly 1%;%e%?%p2%tonly 2%enone%;%;!', 1, 0),
    (rb'%?%p1%t%?%p2%tboth%eonly 1%;%e%?%p2%tonly 2%enone%;%;!', 0, 1),
    (rb'%?%p1%t%?%p2%tboth%eonly 1%;%e%?%p2%tonly 2%enone%;%;!', 0, 0),
    (rb'%p1%Pa%p2%PA%ga%d %gA%d', 7, 8),
    (rb'%gA%d', 0),
    (rb'%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm', 9),
    (rb'\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m', 1),
    (rb'\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m', 9),
    (rb'\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m', 200),
    (rb'%p1%p2%p3%p4%p5%p6%p7%p8%p9%d%d%d%d%d%d%d%d%d', 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (b'\xff%p1%d\xfe', 3),
    (b'plain',), (b'',), (b'%',), (b'$<5>%p1%d', 1),
]
for program in PROGRAMS:
    ask(curses.tparm, *program)
ask(curses.tparm, 'str')
ask(curses.tparm, b'a\0b')
ask(curses.tparm, b'%p1%d', 1 << 31)
ask(curses.tparm, b'%p1%d', 'x')
ask(curses.tparm)
ask(curses.tparm, b'', *range(10))
ask(curses.tparm, bytearray(b'%p1%d'), 3)
ask(curses.putp, 'str')
ask(curses.putp, bytearray(b'x'))
ask(curses.putp, b'')
print(_curses.tparm.__text_signature__)
