# LZMA: what is compressed comes back, in all formats and with all filters, in pieces of all sizes; what headers are written when.
import itertools, lzma, random

LZMA1, LZMA2 = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2
rnd = random.Random(3)
words = [bytes(rnd.choice(b'etaoin shrdlu') for _ in range(rnd.randrange(1, 9))) for _ in range(300)]
DATA = {
    'nothing': b'', 'one': b'a', 'two': b'ab', 'three': b'abc', 'same': b'z' * 70000, 'words': b' '.join(rnd.choices(words, k=9000)),
    'random': rnd.randbytes(70000), 'bytes': bytes(range(256)) * 9, 'numbers': b''.join(i.to_bytes(4, 'little') for i in range(5000)),
    'branches': bytes(rnd.choice(b'\xe8\xe9\xeb\x40\x7f\xff\x00\xf0\xf8\x48\x01abc') for _ in range(9000)),
    'mixed': b' '.join(rnd.choices(words, k=900)) * 2 + rnd.randbytes(3000) + b' '.join(rnd.choices(words, k=900)),
}
SMALL = {'dict_size': 1 << 16}
BIGGEST = {'same': 100, 'words': 26000, 'random': 70200, 'bytes': 500, 'numbers': 11000, 'mixed': 9500}


def check(name, data, form, filters=None, **options):
    c = lzma.LZMACompressor(form, filters=filters, **options)
    out, at = [], 0
    while at < len(data):
        size = rnd.choice((1, 10, 1000, 100000))
        out.append(c.compress(data[at:at + size]))
        at += size
    packed = b''.join(out) + c.flush()
    raw = filters if form == lzma.FORMAT_RAW else None
    return len(packed) <= BIGGEST.get(name, len(data) + 200), lzma.decompress(packed, form, filters=raw) == data


for name, data in DATA.items():
    print(name, len(data), lzma.decompress(lzma.compress(data)) == data)
    for form, id in ((lzma.FORMAT_XZ, LZMA2), (lzma.FORMAT_ALONE, LZMA1), (lzma.FORMAT_RAW, LZMA1), (lzma.FORMAT_RAW, LZMA2)):
        print(form, check(name, data, form, [{'id': id, **SMALL}]))
for first in range(3, 10):
    for before in ([], [{'id': lzma.FILTER_DELTA, 'dist': 7}], [{'id': lzma.FILTER_X86, 'start_offset': 32}]):
        chain = before + [{'id': first, **({} if first == 3 else {'start_offset': 4096})}, {'id': LZMA2, **SMALL}]
        print(chain, [check(None, DATA[name], form, chain)[1] for name in ('branches', 'three', 'nothing', 'numbers')
                      for form in (lzma.FORMAT_XZ, lzma.FORMAT_RAW)])
for lc, lp, pb in itertools.product((0, 3, 4), (0, 1, 4), (0, 2, 4)):
    if lc + lp <= 4:
        print(lc, lp, pb, check('numbers', DATA['numbers'], lzma.FORMAT_ALONE, [{'id': LZMA1, **SMALL, 'lc': lc, 'lp': lp, 'pb': pb}]))
for options in ({'nice_len': 2}, {'nice_len': 273}, {'depth': 1}, {'mode': 1}, {'mf': 3}, {'mf': 18}, {'dict_size': 4096}, {'dict_size': 5000}):
    print(options, [check(None, DATA[name], lzma.FORMAT_XZ, [{'id': LZMA2, **SMALL, **options}])[1] for name in ('mixed', 'same', 'words')])
for number in (0, 1, 4, 10):
    print(number, check('mixed', DATA['mixed'], lzma.FORMAT_XZ, check=number, preset=0), lzma.compress(b'', check=number).hex())
for preset in (0, 1, 2, 3, 4, 5, 6, 7, 9 | lzma.PRESET_EXTREME):
    print(preset, lzma.compress(b'abc', preset=preset).hex())
chain = [{'id': 3, 'dist': 9}, {'id': 4}, {'id': 7, 'start_offset': 16}, {'id': LZMA2, 'dict_size': 5000}]
print(lzma.compress(b'abc', filters=chain).hex())
for args in ((), (lzma.FORMAT_ALONE,)):
    c = lzma.LZMACompressor(*args)
    print(c.compress(b''), c.compress(b''), c.compress(b'abc'), c.compress(b'abc'), lzma.LZMACompressor(*args).flush()[:13])
for id in (LZMA1, LZMA2):
    c = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[{'id': id, **SMALL}])
    print(c.compress(b''), c.flush())


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f'{type(error).__name__}: {error}'


c = lzma.LZMACompressor(preset=0)
c.flush()
print(attempt(c.flush), attempt(c.compress, b''), attempt(c.compress, 3), attempt(c.compress), attempt(c.flush, 1), attempt(c.__reduce_ex__, 2))
