# Shared memory by name and maps of one file: what one process writes the other sees at once, byte by byte.
import mmap
import multiprocessing as mp
import os
import struct
import tempfile
from multiprocessing import shared_memory


def count(name, lock, n):
    s = shared_memory.SharedMemory(name)
    for i in range(50):
        with lock:
            value = struct.unpack_from('i', s.buf, 0)[0]
            struct.pack_into('i', s.buf, 0, value + 1)
            s.buf[8 + n] = i + 1
            with s.buf[16:20] as part, part.cast('i') as cells:
                cells[0] += 1
    s.close()


def answer(file, shareable, conn):
    with open(file, 'r+b') as f, mmap.mmap(f.fileno(), 0) as m:
        conn.send('ready')
        conn.recv()
        m[0:5] = m[0:5].upper()
        m.seek(6)
        m.write(m[6:11][::-1])
        m[20:] = bytes(range(len(m) - 20))
        conn.send(m.readline())
        shareable[0] = 'child'
        shareable[3] += 2.5
        conn.recv()
        conn.send((m[0:3], m.find(b'xyz'), bytes(memoryview(m)[2:4])))
    shareable.shm.close()


if __name__ == '__main__':
    mp.set_start_method('spawn')
    s = shared_memory.SharedMemory(create=True, size=64)
    shareable = shared_memory.ShareableList(['parent', None, b'abc', 1.0])
    lock = mp.Lock()
    a, b = mp.Pipe()
    with tempfile.NamedTemporaryFile() as f:
        f.write(b'hello world and nothing else\n')
        f.flush()
        processes = [mp.Process(target=count, args=(s.name, lock, n)) for n in range(2)]
        processes.append(mp.Process(target=answer, args=(f.name, shareable, b)))
        for p in processes:
            p.start()
        with mmap.mmap(f.fileno(), 0) as m, memoryview(m) as view:
            print(a.recv(), m[:])
            a.send('go')
            print(a.recv(), m[:20], list(view[20:24]), m.tell())
            view[0:3] = b'abc'
            m[12:15] = b'xyz'
            a.send('look')
            print(a.recv())
        for p in processes:
            p.join()
    print(struct.unpack_from('i', s.buf)[0], list(s.buf[8:10]), struct.unpack_from('i', s.buf, 16)[0])
    print(list(shareable), bytes(s.buf[:4]) == s.buf[:4], [p.exitcode for p in processes])
    names = s.name, shareable.shm.name
    for shm in s, shareable.shm:
        shm.close()
        shm.unlink()
    print([os.path.exists(f'/dev/shm/{name}') for name in names])
    try:
        shared_memory.SharedMemory(names[0])
    except FileNotFoundError as e:
        print(e.strerror)
