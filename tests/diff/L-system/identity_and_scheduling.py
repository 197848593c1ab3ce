# os: ids, groups, scheduling, priorities, file systems, reading and writing at places; what each refuses.
import copy
import os
import pickle
import tempfile


def attempt(what, *args, **kwargs):
    try:
        return what(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


for name in '''copy_file_range ctermid fstatvfs getgrouplist getgroups getlogin getpriority getresgid getresuid initgroups
        nice posix_fadvise posix_fallocate preadv pwritev sched_get_priority_max sched_get_priority_min
        sched_getparam sched_getscheduler sched_setaffinity sched_setparam sched_setscheduler sched_yield setegid
        seteuid setgid setgroups setpriority setregid setresgid setresuid setreuid setuid statvfs link'''.split():
    print(name, getattr(os, name).__text_signature__)

# scheduling
policy, param = os.sched_getscheduler(0), os.sched_getparam(0)
print(policy >= 0, type(param).__name__, os.sched_setscheduler(0, policy, param), os.sched_setparam(0, param))
for args in (-1,), (99999999,), ('a',):
    print(attempt(os.sched_getscheduler, *args), attempt(os.sched_getparam, *args))
for args in (0, 0, None), (0, 77, param), (-1, 0, param):
    print(attempt(os.sched_setscheduler, *args))
for value in 43, os.sched_param(None), os.sched_param(1 << 40), os.sched_param(100):
    print(attempt(os.sched_setparam, 0, value))
for n in -23, 0, 1, 2, 3, 5, 6, 99:
    print(n, attempt(os.sched_get_priority_min, n), attempt(os.sched_get_priority_max, n))
cpus = os.sched_getaffinity(0)
print(len(cpus) >= 1, os.process_cpu_count() == len(cpus), os.sched_setaffinity(0, cpus), os.sched_yield())
for args in (0, []), (0, [-10]), (0, [10000]), (-1, [0]), (0, map(int, '0X')), (0, ['a']), (0, 3):
    print(attempt(os.sched_setaffinity, *args))
param = os.sched_param(3)
print(param, param.__reduce__()[1], pickle.loads(pickle.dumps(param)) == param, copy.replace(param, sched_priority=0))
print(attempt(os.sched_param), attempt(os.sched_param, 1, 2))
print(os.getpriority(os.PRIO_PROCESS, 0) == os.nice(0), os.setpriority(os.PRIO_PROCESS, 0, os.nice(0)))
print(attempt(os.getpriority, 9, 0), attempt(os.getpriority, 0, 99999999), attempt(os.nice, 'a'))

# ids
print(os.getresuid()[:2] == (os.getuid(), os.geteuid()), os.getresgid()[:2] == (os.getgid(), os.getegid()))
for what in os.setuid, os.seteuid, os.setgid, os.setegid:
    print([attempt(what, id) for id in ('a', 1 << 32, -5, 1.5, 1 << 70)])
for what in os.setreuid, os.setregid, os.setresuid, os.setresgid:
    n = 2 if 'res' not in what.__name__ else 3
    print([attempt(what, *(id,) * n) for id in ('a', 1 << 32, -1)])
print(all(isinstance(id, int) for id in os.getgroups()), os.ctermid(), os.getgrouplist('nobody of that name', 7))
print([attempt(os.setgroups, groups) for groups in (3, ['a'], [-3], [1 << 40])], attempt(os.initgroups, 3, 0))
for x in 1.0, -2, -1, 2**63, 2**64 - 1, 2**64:
    print(attempt(os.major, x), attempt(os.minor, x))
for x in -2, -1, 2**31, 2**32, 2**64, 1.0:
    print(attempt(os.makedev, x, 1), attempt(os.makedev, 1, x), attempt(os.makedev, x, x))

# files
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    fd = os.open('a', os.O_RDWR | os.O_CREAT)
    os.write(fd, b'0123456789')
    print([attempt(os.posix_fadvise, *args) for args in ((fd, 0, 0, 0), (fd, 0, 0, 99), (999, 0, 0, 0))])
    for args in (fd, 0, 20), (fd, 0, -1), (fd, -1, 1), (999, 0, 1), (fd, 0, 0):
        print(attempt(os.posix_fallocate, *args), os.fstat(fd).st_size)
    buffers = [bytearray(3), bytearray(4)]
    print(os.preadv(fd, buffers, 2), buffers, attempt(os.preadv, fd, buffers, 2, 64), attempt(os.preadv, fd, 3, 0))
    print(os.pwritev(fd, [b'ab', b'cd'], 1), os.pwritev(fd, [], 1), attempt(os.pwritev, fd, 3, 1))
    other = os.open('b', os.O_RDWR | os.O_CREAT)
    print(os.copy_file_range(fd, other, 5, 0), os.copy_file_range(fd, other, 5, 3, 1))
    print(attempt(os.copy_file_range, fd, other, -5), os.pread(other, 50, 0), os.pread(fd, 50, 0))
    there, open_one = os.statvfs('a'), os.fstatvfs(fd)
    print(there[:3] == open_one[:3] == os.statvfs(fd)[:3], there.f_bsize > 0, there.f_namemax)
    print(there.f_flag == open_one.f_flag, attempt(os.statvfs, 'none'), attempt(os.fstatvfs, 999))
    os.symlink('a', 'l')
    os.link('l', 'followed')
    os.link('l', 'not followed', follow_symlinks=False)
    print(os.path.islink('followed'), os.path.islink('not followed'), os.lstat('followed') == os.stat('a'))
    print([attempt(os.utime, 'a', times) for times in ((None, None), ('a', 1), (float('nan'), 1), (1e30, 1), (1 << 70, 1))])
    os.close(fd)
    os.close(other)
    os.chdir('/')

# arguments of posix_spawn()
import signal
param = os.sched_param(0)
for key, values in ('setsigmask', (34, ['j'], [0], [65])), ('setsigdef', (34, ['j'], [0], [65])), (
        'scheduler', (5, (), (0,), (None, 3), ('a', param), [0, param], (77, param))):
    for value in values:
        print(key, attempt(os.posix_spawn, '/bin/true', ['true'], {}, **{key: value}))
