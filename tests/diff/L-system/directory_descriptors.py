"""Functions of os relative to an open directory, and on descriptors of directories."""
import os
import shutil
import stat
import tempfile


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f'{type(error).__name__}: {error}'.replace(top, '<top>')


top = tempfile.mkdtemp()
try:
    fd = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    os.mkdir('d', dir_fd=fd)
    file = os.open('a', os.O_CREAT | os.O_WRONLY, 0o640, dir_fd=fd)
    os.write(file, b'text')
    os.symlink('a', 'link', dir_fd=fd)
    os.symlink('nowhere', 'dangling', dir_fd=fd)
    os.link('a', 'hard', src_dir_fd=fd, dst_dir_fd=fd)
    os.rename('hard', 'd/moved', src_dir_fd=fd, dst_dir_fd=fd)
    print(sorted(os.listdir(fd)), os.readlink('link', dir_fd=fd), os.stat('a', dir_fd=fd).st_size)
    print(stat.S_ISLNK(os.stat('link', dir_fd=fd, follow_symlinks=False).st_mode), stat.S_ISLNK(os.lstat('link', dir_fd=fd).st_mode))
    with os.scandir(fd) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            print(entry.name, entry.path, entry.is_dir(), entry.is_file(), entry.is_symlink(), attempt(lambda: entry.is_dir() or entry.stat().st_size))
    os.chmod('a', 0o600, dir_fd=fd)
    os.utime('a', ns=(10**9, 2 * 10**9), dir_fd=fd)
    os.utime(fd, (5, 6))
    print(oct(os.stat('a', dir_fd=fd).st_mode), os.stat('a', dir_fd=fd).st_mtime_ns, os.stat(fd).st_mtime_ns)
    print(os.access('a', os.R_OK, dir_fd=fd), os.access('dangling', os.R_OK, dir_fd=fd),
          os.access('dangling', os.R_OK, dir_fd=fd, follow_symlinks=False), os.access('none', os.F_OK, dir_fd=fd, follow_symlinks=False))
    print(attempt(os.stat, 'none', dir_fd=fd), attempt(os.stat, 'a', dir_fd=file), attempt(os.stat, 'a', dir_fd=999), sep='\n')
    print(attempt(os.stat, '', dir_fd=fd), attempt(os.stat, fd, dir_fd=fd), attempt(os.stat, fd, follow_symlinks=False), sep='\n')
    print(attempt(os.stat, 'a', dir_fd='x'), attempt(os.stat, 'a', dir_fd=1.5), attempt(os.listdir, file), attempt(os.listdir, 999), sep='\n')
    print(os.path.samefile(os.path.join(top, 'a'), '/dev/null'), os.stat(top + '/a', dir_fd=999).st_size)
    for root, dirs, files, rootfd in os.fwalk('.', dir_fd=fd):
        print(root, sorted(dirs), sorted(files), os.stat(rootfd).st_ino == os.stat(root, dir_fd=fd).st_ino)
    before = os.getcwd()
    os.fchdir(fd)
    print(os.getcwd() == os.path.realpath(top), attempt(os.fchdir, file), attempt(os.fchdir, 999), attempt(os.fchdir, 'x'), attempt(os.fchdir, -1), sep='\n')
    os.chdir(before)
    os.chdir(fd)
    os.chdir(before)
    os.unlink('link', dir_fd=fd)
    print(attempt(os.rmdir, 'd', dir_fd=fd), sorted(os.listdir(fd)))
    names = ('access chmod chown link lstat mkdir open readlink rename rmdir stat symlink unlink utime').split()
    print([name for name in names if getattr(os, name) not in os.supports_dir_fd])
    print([name for name in 'chdir chmod chown listdir scandir stat truncate utime'.split() if getattr(os, name) not in os.supports_fd])
    print([name for name in 'access chown link stat utime'.split() if getattr(os, name) not in os.supports_follow_symlinks])
    print(shutil.rmtree.avoids_symlink_attacks)
    os.close(file)
    shutil.rmtree('d', dir_fd=fd)
    print(sorted(os.listdir(fd)))
    os.close(fd)
finally:
    shutil.rmtree(top)
print(os.path.exists(top))
