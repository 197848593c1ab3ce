# The readline module without a terminal: what it offers, its errors, history and its files.
import os
import pathlib
import sys
import tempfile

os.environ['INPUTRC'] = os.devnull
import readline


def ask(f, *args):
    try:
        result = f(*args)
    except Exception as e:
        result = f'{type(e).__name__}: {e}'
    print(f.__name__, ascii(args), '->', ascii(result))


def history():
    n = readline.get_current_history_length()
    print(n, ascii([readline.get_history_item(i) for i in range(-1, n + 4)]))


for name in dir(readline):
    value = getattr(readline, name)
    if callable(value) and not name.startswith('__'):
        print(name, value.__text_signature__)
    elif name in ('backend', '_READLINE_VERSION', '_READLINE_RUNTIME_VERSION', '_READLINE_LIBRARY_VERSION'):
        print(name, repr(value))

print('-- history')
for i in range(5):
    readline.add_history('h%d' % i)
history()
readline.parse_and_bind('set history-size 3')
history()
readline.add_history('x')
history()
readline.remove_history_item(0)
history()
readline.replace_history_item(0, 'replaced')
history()
readline.clear_history()
history()
readline.add_history('y')
history()
readline.parse_and_bind('set history-size 0')
readline.add_history('z')
history()
readline.parse_and_bind('set history-size -1')
readline.add_history('z')
history()
readline.clear_history()

print('-- errors')
for bad in (1, b'x', None, 'a\0b', 'ab\ud800', '\xe9\udcff'):
    for f in (readline.add_history, readline.set_completer_delims, readline.insert_text):
        ask(f, bad)
    if bad != '\xe9\udcff':
        ask(readline.parse_and_bind, bad)
ask(readline.replace_history_item, 0, 5)
ask(readline.replace_history_item, -1, 'a')
ask(readline.replace_history_item, 99, 'a')
ask(readline.remove_history_item, -1)
ask(readline.remove_history_item, 99)
ask(readline.remove_history_item, 'a')
ask(readline.get_history_item, 'a')
ask(readline.get_history_item, 2**40)
ask(readline.add_history)
ask(readline.add_history, 1, 2)
for f in (readline.set_completer, readline.set_startup_hook, readline.set_pre_input_hook):
    ask(f, 5)
    ask(f, len)
    ask(f, None)
    ask(f)
ask(readline.set_completion_display_matches_hook, 5)
ask(readline.set_auto_history, [])
ask(readline.set_auto_history)
ask(readline.set_auto_history, True)
ask(readline.set_history_length, 'x')
ask(readline.set_history_length, 3.0)
ask(readline.get_history_length)
ask(readline.get_completer)
readline.set_completer(print)
print(readline.get_completer() is print)
readline.set_completer()
ask(readline.get_completer_delims)
ask(readline.get_begidx)
ask(readline.get_endidx)
ask(readline.get_completion_type)
ask(readline.get_line_buffer)
readline.insert_text('abc')
ask(readline.get_line_buffer)

print('-- files')
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
ask(readline.append_history_file, -1)
ask(readline.append_history_file, 'x')
ask(readline.append_history_file, 1, 'nonexistent')
ask(readline.append_history_file, 1, 'a\0')
ask(readline.read_history_file, 'nonexistent')
ask(readline.read_history_file, 5)
ask(readline.read_history_file, '/')
ask(readline.write_history_file, '/nonexistent/a')
ask(readline.write_history_file, '/')
ask(readline.read_init_file, 'nonexistent')
ask(readline.read_init_file, 5)
ask(readline.read_init_file, '/')


def read(data):
    pathlib.Path('h').write_bytes(data)
    readline.clear_history()
    ask(readline.read_history_file, pathlib.Path('h') and b'h')
    history()


read(b'')
read(b'a\nb')
read(b'a\n\nb\r\nc\n')
read(b'#12\na\n#13\nb\nc\n')
read(b'a\n#12\nb\n')
read(b'\xff\xe9\n\xc3\xa9\n')
read(b'a\0b\nc\n')
for i in range(5):
    readline.add_history('w\n%d' % i)


def show(name='h2'):
    print(pathlib.Path(name).read_bytes())


readline.write_history_file('h2')
show()
print(oct(os.stat('h2').st_mode))
for length in (2, 0):
    readline.set_history_length(length)
    readline.write_history_file('h2')
    show()
readline.set_history_length(-1)
for n in (2, 99, 0):
    readline.append_history_file(n, 'h2')
    show()
readline.set_history_length(2)
readline.append_history_file(0, 'h2')
show()

print('-- audit events')
os.environ['HOME'] = folder.name
seen = []
sys.addaudithook(lambda event, args: event == 'open' and seen.append(args))
readline.write_history_file()
readline.append_history_file(1)
readline.read_history_file()
readline.read_history_file(b'h2')
path = pathlib.Path('h2')
readline.write_history_file(path)
readline.append_history_file(1, 'h2')
print(seen)
print(sorted(os.listdir()))


refusing = True


def refuse(event, args):
    if event == 'open' and refusing:
        raise PermissionError(args)


sys.addaudithook(refuse)
ask(readline.read_history_file, 'h')
ask(readline.read_history_file)
ask(readline.write_history_file, 'new')
ask(readline.append_history_file, 1, 'h')
ask(readline.read_init_file, 'rc')
ask(readline.read_init_file)
print(os.path.exists('new'))
refusing = False
os.chdir('/')
