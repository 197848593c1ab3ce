# os.sendfile and os.copy_file_range between files: positions, ends, what is refused.
import os, tempfile

holder = tempfile.TemporaryDirectory()
folder = holder.name
with open(f'{folder}/source', 'wb') as f:
    f.write(b'0123456789' * 10)
source = os.open(f'{folder}/source', os.O_RDONLY)
target = os.open(f'{folder}/target', os.O_RDWR | os.O_CREAT)
directory = os.open(folder, os.O_RDONLY)
out, into = os.pipe()
NAMES = {source: 'source', target: 'target', directory: 'directory', out: 'out', into: 'into'}


def show(f, *args):
    try:
        result = f(*args)
    except Exception as error:
        result = f'{type(error).__name__}: {error}'
    given = [NAMES.get(a, a) if i < 2 else a for i, a in enumerate(args)]
    print(f.__name__, given, result, os.lseek(source, 0, 1), os.lseek(target, 0, 1), os.fstat(target).st_size)


for args in ((0, 10), (None, 10), (None, 10), (95, 10), (200, 10), (-1, 10), (0, -1), (0, 0), ('x', 1), (0, 'x'), (0, 2**31)):
    show(os.sendfile, target, source, *args)
show(os.sendfile, source, source, 0, 5)
show(os.sendfile, target, 99, 0, 5)
show(os.sendfile, 99, source, 0, 5)
show(os.sendfile, target, out, None, 5)
show(os.sendfile, into, source, 0, 5)
os.lseek(source, 0, 0)
os.lseek(target, 0, 0)
os.ftruncate(target, 0)
for args in ((10,), (10, 0), (10, 50, 60), (10, 200), (-1,), (0,), (5, -1), (5, 0, -1), ('x',), (5, 'x'), (5, None, None), (1000, 95), (5, 0, 300)):
    show(os.copy_file_range, source, target, *args)
for args in ((5, 0, 2), (5, 0, 20), (5, 0)):
    show(os.copy_file_range, target, target, *args)
for pair in ((source, source), (target, source), (directory, target), (source, directory), (99, target), (source, 99), (source, into), (out, target),
             ('x', target), (source, None)):
    show(os.copy_file_range, *pair, 5)
for args in ((), (source,), (source, target), (1, 2, 3, 4, 5, 6)):
    try:
        os.copy_file_range(*args)
    except TypeError as error:
        print(error)
os.lseek(target, 0, 0)
print(os.read(target, 1000).rstrip(b'\0').replace(b'\0', b'.'), os.read(out, 10))
