"""hashlib and hmac: data in pieces of every length and kind, copies in between, buffers that change afterwards."""
import hashlib
import hmac
import random

rnd = random.Random(5)
source = rnd.randbytes(40_000)
LENGTHS = [0, 1, 15, 31, 32, 63, 64, 65, 100, 190, 200, 255, 256, 257, 1000, 8191, 8192, 8193, 20_000]
for make in (hashlib.md5, hashlib.sha256, hashlib.blake2b, lambda: hmac.new(b'key', digestmod='sha256'), lambda: hmac.new(b'k' * 100, b'start', 'md5')):
    for first in LENGTHS:
        for second in LENGTHS:
            h, whole = make(), make()
            changed = bytearray(source[first:first + second])
            h.update(source[:first])
            early = h.copy()
            h.update(changed)
            changed[:] = b'\0' * len(changed)
            middle = h.copy()
            h.update(b'the end')
            early.update(source[first:first + second])
            early.update(b'the end')
            middle.update(bytes(b'the end'))
            whole.update(source[:first + second] + b'the end')
            assert h.digest() == whole.digest() == early.digest() == middle.digest() == h.digest(), (first, second)
    h = make()
    for n in LENGTHS * 3:
        h.update(source[:n])
        h.update(memoryview(source)[n:2 * n])
        h.digest()
    for _ in range(2000):
        h.update(b'a line of text\n')
    print(h.name, h.hexdigest())
