"""zlib: compressing and decompressing of text and of noise, at once and in pieces; checksums."""
import random
import zlib

random.seed(4)
words = [''.join(random.choices('etaoinshrdlu', k=random.randrange(2, 9))) for _ in range(2000)]
text = ' '.join(random.choices(words, k=300_000)).encode()
noise = random.randbytes(500_000)
total = 0
for level in (1, 6, 9):
    packed = zlib.compress(text, level)
    assert zlib.decompress(packed) == text
for _ in range(20):
    total += zlib.crc32(text) + zlib.adler32(noise) + len(zlib.decompress(packed))
assert zlib.decompress(zlib.compress(noise)) == noise
pieces = zlib.compressobj(6, zlib.DEFLATED, -15)
out = b''.join(pieces.compress(text[i:i + 4096]) for i in range(0, len(text), 4096)) + pieces.flush()
back = zlib.decompressobj(-15)
for i in range(0, len(out), 1000):
    total += len(back.decompress(out[i:i + 1000]))
for i in range(4000):
    total += len(zlib.decompress(zlib.compress(text[i:i + 200])))
print(total)
