"""Times of files are set to the nanosecond."""
import filecmp
import os
import shutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open('-a b\xe9', 'w') as file:
        file.write('x')
    os.symlink('-a b\xe9', 'link')

    def show(name):
        status = os.stat(name, follow_symlinks=False)
        print(ascii(name), status.st_atime_ns, status.st_mtime_ns)

    for ns in (1_700_000_000_123_456_789, 1_600_000_000_000_000_001), (0, 999), (-1, -1_500_000_001), (1_000, 2**33 * 10**9 + 7):
        os.utime('-a b\xe9', ns=ns)
        show('-a b\xe9')
    os.utime('link', ns=(5_000_000_006, 7_000_000_008), follow_symlinks=False)
    show('link')
    with open('-a b\xe9') as file:
        os.utime(file.fileno(), ns=(111_222_333_444, 555_666_777_888))
    show('-a b\xe9')
    directory = os.open('.', os.O_RDONLY)
    os.utime('-a b\xe9', ns=(3_000_000_001, 4_000_000_002), dir_fd=directory)
    os.close(directory)
    show('-a b\xe9')
    shutil.copy2('-a b\xe9', 'copy')
    print(os.stat('copy').st_mtime_ns, filecmp.cmp('-a b\xe9', 'copy'))
    try:
        os.utime('nothing', ns=(1, 1))
    except FileNotFoundError as e:
        print(e, os.path.exists('nothing'))
    os.chdir('/')
