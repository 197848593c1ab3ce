# What functions and methods of curses raise and return: before initscr(), and with wrong arguments.
import io
import re

from _terminal import Terminal

import _curses
import curses

R = io.StringIO()


def ask(label, f, *a):
    try:
        r = f(*a)
    except BaseException as e:
        r = f'{type(e).__name__}: {e}'
    print(label, re.sub(' at 0x.*', '', ascii(r)), file=R)


for name, value in sorted(vars(_curses).items()):
    if isinstance(value, int) or isinstance(value, bytes):
        print(name, value)
    elif hasattr(value, '__text_signature__') and name not in ('__loader__', '__spec__'):
        print(name, value.__text_signature__)
for name, value in vars(_curses.window).items():
    if name != '__module__':
        print(name, getattr(value, '__text_signature__', None))
print(_curses.window.__flags__, _curses.window.__basicsize__, _curses.ncurses_version, _curses.error.__mro__)
for f in _curses.window, type(_curses.ncurses_version):
    ask('made', f)
for name, f in sorted(vars(_curses).items()):
    if type(f) is type(_curses.beep) and name not in ('setupterm', 'initscr', 'use_env', 'filter', 'putp', 'update_lines_cols'):
        for n in range(6):
            try:
                f(*[1] * n)
            except TypeError:
                continue
            except Exception as e:
                print('before initscr()', name, n, type(e).__name__, e)
            break

with Terminal() as terminal:
    terminal.type(b'\n\n\n')
    s=curses.initscr()
    w=curses.newwin(3,5,1,2)
    ask('y',w.addch,5,5,'x'); ask('y',w.addch,5,5,b'x');ask('y',w.addch,2,4,'x');ask('y',w.addch,b'x')
    ask('cur',w.getyx)
    for m,args in [('addstr',(9,9,'x')),('addstr',(9,9,b'x')),('addstr',(0,0,'x'*40)),('addstr',(0,0,b'x'*40)),('addnstr',(9,9,'x',1)),('addnstr',(9,9,b'x',1)),
     ('addnstr',(0,0,'x'*40,20)),('addnstr',(0,0,b'x'*40,20)),
     ('bkgd',('x',)),('bkgdset',('x',)),('attron',(1,)),('border',()),('chgat',(9,9,1,1)),('chgat',(9,9,1)),('chgat',(1,)),('chgat',()),('chgat',(1,2,3,4,5)),('delch',(9,9)),('delch',()),('derwin',(9,9)),('derwin',(-1,0)),('derwin',(9,9,0,0)),
     ('echochar',('x',)),('echochar',('\u20ac',)),('echochar',(300000000000,)),('hline',(9,9,'x',1)),('vline',(9,9,'x',1)),('hline',('x',-1)),('insch',(9,9,'x')),('insch',('\u20ac',)),('inch',(9,9)),('insstr',(9,9,'x')),('insstr',(9,9,b'x')),
     ('insnstr',(9,9,'x',1)),('insnstr',(9,9,b'x',1)),('instr',(9,9)),('instr',(9,9,1)),('instr',(1,2,3,4)),('getstr',(1,2,3,4)),('instr',(-1,)),('getstr',(-1,)),('is_linetouched',(99,)),('is_linetouched',(-1,)),('noutrefresh',(1,2,3,4,5,6)),('refresh',(1,2,3,4,5,6)),('refresh',(1,)),
     ('move',(9,9)),('mvwin',(99,99)),('mvwin',(-1,0)),('mvderwin',(1,1)),('mvderwin',(9,9)),('overlay',(1,)),('overlay',(w,1,2)),('overlay',(s,)),('overlay',(s,0,0,99,99,99,99)),('overwrite',(s,0,0,99,99,99,99)),('overwrite',(w,0,0,0,0,9,9)),
     ('redrawln',(9,9)),('redrawln',(0,1)),('resize',(0,0)),('resize',(-1,5)),('resize',(1,)),('setscrreg',(5,1)),('setscrreg',(0,99)),('subwin',(99,99)),('subwin',(0,0)),('subpad',(1,1)),('scroll',()),('scroll',(1,)),('scroll',('a',)),('scroll',(1,2)),
     ('touchline',(99,1)),('touchline',(0,99)),('touchline',(0,1,True)),('touchline',(0,)),('vline',(1,)),('timeout',(5,)),('keypad',(1,2)),('keypad',('a',)),('keypad',(1.5,)),('addch',()),('addch',('ab',)),('addch',(b'ab',)),('addch',(1.5,)),('addch',(1<<70,)),('addch',(1<<40,)),('addch',('',)),('addstr',(5,)),('addstr',('a\0b',)),('addstr',(b'a\0b',)),('addstr',(1,2,3,4,5)),
     ('addnstr',('abc',)),('getch',(9,9)),('getkey',(9,9)),('get_wch',(9,9)),('box',(1,)),('box',('a','bb')),('enclose',(1,2)),('getbkgd',()),('insdelln',(1,)),('insdelln',(-1,)),('winsdelln',()),('putwin',(5,)),('bkgd',('€',)),('hline',('é',3)),('insch',('é',)),('addch',('\x80',)),('attrset',(1<<40,)),('attron',('a',)),('syncok',(1,)),('cursyncup',()),('touchwin',()),('clearok',(1,)),('mvwin',(0,0)),('addch',(1,1,65,'x')),('addstr',(0,0,'abc',1<<70))]:
        ask(f'{m}{ascii(args) if m[:4]!="over" else args[1:]}',lambda:getattr(w,m)(*args))
    try: w.encoding=5
    except Exception as e: print('enc',type(e),e,file=R)
    try: w.encoding='\xe9'
    except Exception as e: print('enc',type(e),e,file=R)
    w.encoding='nosuch'
    ask('encx',w.insch,'é'); w.encoding='latin-1'; ask('encx',w.insch,'é'); ask('encx',w.insch,'€'); ask('inch',w.inch); ask('instr',w.instr)
    try: del w.encoding
    except Exception as e: print('enc',type(e),e,file=R)
    p=curses.newpad(5,5)
    for m,args in [('refresh',()),('noutrefresh',()),('refresh',(1,2,3)),('refresh',(0,0,0,0,99,99)),('noutrefresh',(0,0,99,99,100,100)),('subwin',(9,9)),('subpad',(2,2,1,1)),('mvwin',(1,1)),('scroll',()),('refresh',(0,0,1,1,0,0))]:
        ask(f'pad {m}{args}',lambda:getattr(p,m)(*args))
    C=curses
    for m,args in [('newwin',(-1,2)),('newwin',(0,0)),('newwin',(5,5,-1,0)),('newwin',(999,999)),('newwin',(1,)),('newwin',(1,2,3)),('newpad',(0,0)),('newpad',(-1,1)),('color_content',(1,)),('init_pair',(1,2,3)),('start_color',()),('color_content',(1,)),('color_content',(-1,)),('color_content',(99999,)),('color_content',(1<<70,)),('color_content',('a',)),('init_pair',(1,2,3)),('init_pair',(0,2,3)),('init_pair',(-1,2,3)),('init_pair',(1<<70,2,3)),('init_pair',(99999999,1,1)),('init_pair',(1,-1,2)),('init_pair',(1,999999,2)),('pair_content',(0,)),('pair_content',(1,)),('pair_content',(5,)),('pair_content',(99999999,)),('pair_content',(-1,)),('pair_content',(1<<31,)),('use_default_colors',()),('pair_content',(0,)),('init_pair',(1,-1,2)),('pair_content',(1,)),('color_pair',(3,)),('color_pair',(300,)),('color_pair',(-1,)),('pair_number',(C.A_BOLD|0x300,)),('pair_number',(1<<40,)),('init_color',(1,1,1,1)),('init_color',(1,1001,1,1)),('init_color',(1,-1,1,1)),('init_color',(-1,1,1,1)),('init_color',(99999,1,1,1)),('can_change_color',()),('has_colors',()),('curs_set',(0,)),('curs_set',(1,)),('curs_set',(2,)),('curs_set',(3,)),('curs_set',(-1,)),('delay_output',(1,)),('napms',(1,)),('napms',(-1,)),('getmouse',()),('mousemask',(-1,)),('mousemask',(0,)),('mousemask',(1<<70,)),('mouseinterval',(5,)),('mouseinterval',(-1,)),('mouseinterval',(7,)),('ungetmouse',(0,1,2,0,4)),('getmouse',()),('ungetmouse',(0,1,2,0,-1)),('getmouse',()),('ungetmouse',(40000,1,2,0,4)),('getmouse',()),('halfdelay',(0,)),('halfdelay',(256,)),('halfdelay',(-1,)),('halfdelay',(5,)),('nocbreak',()),('keyname',(-1,)),('keyname',(0,)),('keyname',(127,)),('keyname',(128,)),('keyname',(200,)),('keyname',(256,)),('keyname',(257,)),('keyname',(265,)),('keyname',(410,)),('keyname',(511,)),('keyname',(512,)),('keyname',(520,)),('keyname',(1<<20,)),('unctrl',(1,)),('unctrl',('a',)),('unctrl',(127,)),('unctrl',(128,)),('unctrl',(200,)),('unctrl',('é',)),('unctrl',('€',)),('unctrl',(300,)),('unctrl',(1<<40,)),('unctrl',(1.5,)),('ungetch',('€',)),('ungetch',(65,)),('ungetch',(1<<40,)),('unget_wch',('ab',)),('unget_wch',(1.5,)),('unget_wch',(1<<70,)),('unget_wch',(1<<40,)),('unget_wch',('é',)),('typeahead',(-1,)),('typeahead',(0,)),('intrflush',(True,)),('meta',(True,)),('baudrate',()),('erasechar',()),('killchar',()),('longname',()),('termname',()),('termattrs',()),('has_ic',()),('has_il',()),('has_key',(C.KEY_UP,)),('has_key',(9999,)),('has_key',(65,)),('isendwin',()),('is_term_resized',(24,80)),('is_term_resized',(25,80)),('is_term_resized',(0,80)),('resizeterm',(0,0)),('resizeterm',(-1,0)),('resize_term',(0,0)),('resizeterm',(1<<16,1)),('set_escdelay',(0,)),('set_escdelay',(5,)),('get_escdelay',()),('set_tabsize',(0,)),('set_tabsize',(4,)),('get_tabsize',()),('getsyx',()),('setsyx',(-1,-1)),('getsyx',()),('setsyx',(3,4)),('getsyx',()),('putp',(b'',)),('putp',('x',)),('tparm',(b'%p1%d',5)),('tparm',('x',)),('tparm',(b'x',1<<31)),('tparm',(b'',)),('tigetflag',('am',)),('tigetflag',('cols',)),('tigetflag',('nosuch',)),('tigetnum',('cols',)),('tigetnum',('am',)),('tigetnum',('colors',)),('tigetnum',('vt',)),('tigetstr',('cup',)),('tigetstr',('am',)),('tigetstr',('nosuch',)),('tigetstr',('E3',)),('tigetflag',('AX',)),('tigetstr',(b'am',)),('tigetstr',('a\0',)),('def_prog_mode',()),('savetty',()),('resetty',()),('qiflush',()),('noqiflush',()),('nl',()),('nonl',()),('filter',()),('flash',()),('beep',()),('getwin',(5,)),('initscr',()),('cbreak',(1,2)),('echo',(None,)),('raw',(False,)),('flushinp',()),('assume_default_colors',(3,4)),('pair_content',(0,)),('assume_default_colors',(5,4)),('has_extended_color_support',()),('endwin',()),('isendwin',()),('endwin',())]:
        ask(f'{m}{ascii(args)}',lambda:getattr(C,m)(*args))


print(R.getvalue())
