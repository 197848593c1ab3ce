# _zstd: what is compressed comes back, for all levels, sizes of pieces, modes and dictionaries. Compressed bytes are not compared.
import random
from compression import zstd
from compression.zstd import CompressionParameter as CP, Strategy, ZstdCompressor, ZstdDict

R = random.Random(11)
WORDS = [bytes(R.choices(range(97, 123), k=R.randrange(2, 9))) for _ in range(200)]
TEXT = b' '.join(R.choices(WORDS, k=6000))
DATA = {
    'empty': b'', 'one': b'x', 'seven': b'abcdefg', 'eight': b'abcdefgh', 'zeros': bytes(1000), 'period': b'abc' * 700, 'text': TEXT,
    'random': R.randbytes(3000), 'few': bytes(R.choices(range(3), k=5000)), 'skewed': bytes(min(255, int(R.expovariate(0.05))) for _ in range(9000)),
    'block': TEXT[:500] * 262 + TEXT[:72], 'block+1': (TEXT[:500] * 263)[:131073], 'far': R.randbytes(140000) + TEXT[:200],
    'binary': b''.join(i.to_bytes(4, 'little') for i in range(0, 90000, 7)), 'all': bytes(range(256)) * 3, '128': bytes(range(128)) * 9,
}
DATA['far'] += DATA['far'][:50000]
SAMPLES = [b' '.join(R.choices(WORDS, k=40)) for _ in range(100)]
TRAINED = zstd.train_dict(SAMPLES, 2000)
RAW = ZstdDict(TEXT[:3000], is_raw=True)

for name, data in DATA.items():
    levels = range(-7, 23) if len(data) < 4000 else (-100, 1, 3, 5, 9, 13, 19)
    sizes = []
    for level in levels:
        frame = zstd.compress(data, level)
        assert zstd.decompress(frame) == data, (name, level)
        assert zstd.get_frame_size(frame) == len(frame)
        assert zstd.get_frame_info(frame).decompressed_size == len(data)
        sizes.append(len(frame))
    print(name, len(data), 'smaller:', min(sizes) < len(data), max(sizes) <= len(data) + 18)
    for kind in TRAINED, TRAINED.as_digested_dict, TRAINED.as_prefix, RAW, RAW.as_undigested_dict, RAW.as_prefix:
        for level in (-1, 1, 3, 6, 17) if len(data) < 4000 else (2, 16):
            frame = zstd.compress(data, options={CP.compression_level: level, CP.checksum_flag: 1}, zstd_dict=kind)
            assert zstd.decompress(frame, kind) == data, (name, level, kind)
        print(' ', zstd.get_frame_info(frame).dictionary_id not in (0, None), end='')
    print()
    for strategy in Strategy:
        options = {CP.strategy: strategy, CP.window_log: 10 + strategy, CP.min_match: 3 + strategy % 5, CP.hash_log: 8, CP.chain_log: 7, CP.search_log: 2}
        frame = zstd.compress(data, options=options)
        assert zstd.decompress(frame) == data, (name, strategy)
    for level in 1, 3, 8:
        c = ZstdCompressor(options={CP.compression_level: level, CP.window_log: 15, CP.checksum_flag: 1})
        for _ in range(2):  # a compressor goes on with another frame
            parts, at = [], 0
            while at < len(data):
                n = R.choice((1, 10, 1000, 70000))
                parts.append(c.compress(data[at:at + n], R.choice((c.CONTINUE, c.CONTINUE, c.FLUSH_BLOCK))))
                at += max(n, len(data) // 50)
                if c.last_mode == c.FLUSH_BLOCK:
                    d = zstd.ZstdDecompressor()
                    d.decompress(b''.join(parts))
            parts.append(c.flush())
            d = zstd.ZstdDecompressor()
            d.decompress(b''.join(parts))
            assert d.eof and not d.unused_data

c = ZstdCompressor()
c.set_pledged_input_size(10)
first = c.compress(b'12345')
frame = first + c.compress(b'67890') + c.flush()
print(zstd.get_frame_info(frame), zstd.decompress(frame))
for pledged, pieces in (5, [b'1234']), (5, [b'123456']), (0, [b'1']), (None, [b'1']):
    c.set_pledged_input_size(pledged)
    try:
        frame = b''.join(c.compress(p) for p in pieces) + c.flush()
        print(pledged, zstd.get_frame_info(frame), zstd.decompress(frame), c.last_mode)
    except zstd.ZstdError as error:
        print(pledged, error, c.last_mode)
print(zstd.get_frame_info(zstd.compress(b'abc', options={CP.content_size_flag: 0})))
print(zstd.get_frame_info(zstd.compress(b'abc', options={CP.dict_id_flag: 0}, zstd_dict=TRAINED)))
prefixed = ZstdCompressor(zstd_dict=RAW.as_prefix)
frames = [prefixed.compress(TEXT[:2000], prefixed.FLUSH_FRAME) for _ in range(2)]
print(len(frames[0]) * 5 < len(frames[1]), zstd.decompress(frames[1]) == TEXT[:2000], zstd.decompress(frames[0], RAW.as_prefix) == TEXT[:2000])

# A dictionary pays, and one made from samples of another kind does not break anything.
plain = sum(len(zstd.compress(s)) for s in SAMPLES)
helped = sum(len(zstd.compress(s, zstd_dict=TRAINED)) for s in SAMPLES)
print('trained dictionary:', helped * 10 < plain * 7, len(TRAINED) <= 2000, TRAINED.dict_id >= 32768)
for level in 1, 9:
    made = zstd.finalize_dict(RAW, SAMPLES, 4000, level)
    print(len(made) <= 4000, made.dict_id >= 32768, all(zstd.decompress(zstd.compress(s, level, zstd_dict=made), made) == s for s in SAMPLES))
try:
    zstd.decompress(zstd.compress(SAMPLES[0], zstd_dict=TRAINED), made)
except zstd.ZstdError as error:
    print(error)
