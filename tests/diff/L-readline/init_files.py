# Lines of init files: what is wrong with them goes to standard error, conditions, includes.
import os
import sys
import tempfile

os.environ['INPUTRC'] = os.devnull
import readline

os.dup2(1, 2)
LINES = '''set foo bar
set bell-style foo
foo: bar
"\\C-x
tab: nosuch
$if mode=emacs
set history-size 7
$else
set history-size 8
$endif
$include /nonexistent
$foo

# c
set
set history-size
Control-Meta-x: abort
Foo-x: abort
"x" abort
$endif
$else
set keymap foo
set editing-mode foo
$if version>=8
set history-size 9
$endif
$if version < 8
set history-size 10
$endif
set keyseq-timeout x
C-x: "abc
"\\ex
novalue:
"abc":
"abc" := def
  set   bell-style   none
$if bell-style == none
set history-size 5
$else
set history-size 6
$endif
$if Python
$if term=nothing
set history-size 1
$endif
$else
set history-size 2
$endif'''
for line in LINES.split('\n'):
    print('>>', line, flush=True)
    readline.parse_and_bind(line)


def count():
    readline.clear_history()
    for i in range(12):
        readline.add_history(str(i))
    print(readline.get_current_history_length(), flush=True)


count()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open('rc', 'w') as f:
        f.write('''set foo bar

$if foo
set history-size 3
$else
set history-size 4
$endif
$if mode=vi
set history-size 1
$endif
  # comment
badline
$include rc2
"\\C-xq"
''')
    with open('rc2', 'w') as f:
        f.write('set nope 3\n$endif\nset history-size 6\n')
    print(readline.read_init_file('rc'), flush=True)
    count()
    os.rename('rc2', 'rc')
    print(readline.read_init_file(), flush=True)
    os.remove('rc')
    try:
        readline.read_init_file()
    except OSError as e:
        print(repr(e))
    os.chdir('/')
