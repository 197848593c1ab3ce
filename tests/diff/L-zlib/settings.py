"""zlib.compress with every setting, short and long data: what comes back, and which settings are refused."""
import gzip
import random
import zlib

rnd = random.Random(3)
text = b''.join(rnd.choice([b'word ', b'text ', b'some ', b'other ', bytes([rnd.randrange(256)])]) for _ in range(40000))
for data in (text, text[:32768], text[:32767], rnd.randbytes(70000), b'\0' * 1000000):
    for level in (-1, 0, 1, 6, 9):
        for wbits in (9, 12, 15, -9, -15, 25, 31):
            assert zlib.decompress(zlib.compress(data, level, wbits), wbits) == data, (len(data), level, wbits)
    assert gzip.decompress(gzip.compress(data)) == data
print(zlib.compress(text, 6, 31)[:10], zlib.compress(text[:100], 6, 31)[:10])
print(zlib.crc32(zlib.compress(text[:32767])), zlib.crc32(zlib.compress(text, 0)))
stream = zlib.compressobj()
print(zlib.crc32(stream.compress(text) + stream.flush()))
for level, wbits in ((10, 15), (-2, 15), (6, 8), (6, 16), (6, 40), (6, -16), (6, 24), (6, -8), (6, 0)):
    try:
        print(len(zlib.decompress(zlib.compress(text, level, wbits), wbits)))
    except Exception as error:
        print(type(error), error)
