# _zstd: constants, parameters, arguments and states: what is taken, what is refused and how.
import _zstd
import copy
import pickle
import re
from compression import zstd
from compression.zstd import (CompressionParameter as CP, DecompressionParameter as DP, ZstdCompressor, ZstdDecompressor, ZstdDict, ZstdError,
                              compress, train_dict)


def show(label, f, *args, **kwargs):
    try:
        value = f(*args, **kwargs)
        print(label, type(value).__name__ if isinstance(value, (ZstdCompressor, ZstdDecompressor)) else value)
    except Exception as error:
        print(label, type(error).__name__, error)


print({k: v for k, v in sorted(vars(_zstd).items()) if isinstance(v, (int, str)) and not k.startswith('__')})
for t in ZstdCompressor, ZstdDecompressor, ZstdDict, ZstdError:
    print(t, t.__mro__, t.__text_signature__, [k for k in dir(t) if k[0] != '_'], t.__basicsize__)
for name in 'train_dict', 'finalize_dict', 'get_param_bounds', 'get_frame_info', 'get_frame_size', 'set_parameter_types':
    print(name, getattr(_zstd, name).__text_signature__)
for t in ZstdCompressor, ZstdDecompressor:
    print([(k, v.__text_signature__) for k, v in sorted(vars(t).items()) if k[0] != '_' and hasattr(v, '__text_signature__')])

print([(p.name, p.bounds()) for p in (*CP, *DP)])
for args in (3, True), (3, False), ('a', False), (1,), (100, 1), (100, 0), (2**40, True):
    show(f'bounds {args}', _zstd.get_param_bounds, *args)
for level in [], 3.5, 'x', 2**31, -2**31, 23, -131073, 2**1000, -2**1000, True, None, 22, -131072, 0:
    show(f'level {str(level)[:20]}', ZstdCompressor, level)
show('both', ZstdCompressor, 1, {})
for options in (
    b'a', {CP.window_log: 100}, {3333: 100}, {'a': 1}, {CP.window_log: 'a'}, {CP.window_log: 2**40}, {2**40: 1}, {1.5: 1}, {DP.window_log_max: 20},
    {CP.compression_level: 23}, {CP.ldm_bucket_size_log: 2**31 - 1}, {CP.strategy: 10}, {CP.window_log: 9}, {CP.window_log: 0}, {CP.checksum_flag: 3},
    {CP.content_size_flag: -1}, {CP.nb_workers: 1000}, {CP.job_size: -5}, {CP.overlap_log: 10}, {True: 1}, {100: True}, {100: 2**70}, {1003: 1},
    {CP.enable_long_distance_matching: 3}, {CP.min_match: 2}, {CP.min_match: 8}, {CP.target_length: 200000}, {}, {p: 0 for p in CP},
    {p: p.bounds()[1] for p in CP if p.name not in ('nb_workers', 'job_size')},
):
    show(f'compress {options}', ZstdCompressor, options=options)
for options in (
    b'a', {100: 100}, {100: 9}, {100: 10}, {100: 31}, {100: 32}, {101: 1}, {'a': 1}, {100: 'a'}, {100: 2**40}, {CP.window_log: 20}, {100: 0}, {2**80: 1},
):
    show(f'decompress {options}', ZstdDecompressor, options=options)

z = ZstdDict(b'12345678', is_raw=True)
print(repr(z), str(z), len(z), z.as_prefix, z.as_digested_dict, z.as_undigested_dict, z.dict_content, z.dict_id)
for d in 3, b'a', [z, 1], (z, 1.0), (z,), (z, 3), (z, -1), (z, 2**70), (z, 1, 2), (3, 1), (z, True), {z: 1}:
    show(f'{d} compress', ZstdCompressor, zstd_dict=d)
    show(f'{d} decompress', ZstdDecompressor, zstd_dict=d)
MAGIC = 0xEC30A437.to_bytes(4, 'little')
for args, kwargs in (
    ((b'1234567',), {}), ((b'12345678',), {}), ((b'12345678', True), {}), (('a',), {}), ((), {}), ((), {'dict_content': b'12345678'}), ((z,), {}),
    ((b'1' * 8,), {'is_raw': 3, 'x': 1}), ((), {'desk': 1}), ((b'123',), {'is_raw': True}), ((MAGIC + bytes(20),), {}),
    ((MAGIC + b'abcdefgh',), {'is_raw': True}), ((bytearray(9),), {'is_raw': 1}),
):
    show(f'dict {args} {kwargs}', ZstdDict, *args, **kwargs)
bad = ZstdDict(MAGIC + b'abcdefghabcdefgh')
for d in bad.as_prefix, bad.as_digested_dict, bad.as_undigested_dict, bad:
    show('bad dict, compress', lambda: len(ZstdCompressor(zstd_dict=d).compress(b'abc')))
    show('bad dict, decompress', lambda: ZstdDecompressor(zstd_dict=d).decompress(compress(b'abc')))

c = ZstdCompressor()
for args in (), ('a',), (b'', 3), (b'', -1), (b'', 'a'), (b'', 1.5), (b'', 2**40), (b'', 0), (b'', 1), (b'', 2):
    show(f'compress {args} {c.last_mode}', c.compress, *args)
for args in (b'',), (0,), (3,), ('a',), (1, 2), (2**40,), (1,), ():
    show(f'flush {args} {c.last_mode}', c.flush, *args)
for size in -1, None, 2**64 - 1, 2**64 - 2, 2**64 - 3, 2**64, 'a', 1.5, 100, True:
    show(f'pledge {size}', c.set_pledged_input_size, size)
c.compress(b'a')
show('pledge within a frame', c.set_pledged_input_size, 3)
for data, options in (b'', {}), (b'a', {}), (b'a', {201: 1}), (b'', {201: 1}), (b'abc', {200: 0}), (b'abc', {200: 0, 201: 1}):
    print(data, options, compress(data, options=options))
c = ZstdCompressor(22)
print(c.compress(b'a') + c.flush())

samples = [b'%d red=%d green=%d' % (i % 9, i % 7, i % 5) * 4 for i in range(60)]
joined, sizes = b''.join(samples), tuple(map(len, samples))
show('no samples', train_dict, [], 1000)
show('empty samples', train_dict, [b''], 1000)
show('size', train_dict, samples, 10.5)
for args in (
    ({}, (), 100), (bytearray(), (), 100), (b'', 99, 100), (b'', [], 100), (b'', (), 100.1), (b'', (9.1,), 100), (b'abc', (4, -1), 100),
    (b'abc', (2,), 100), (b'', (99,), 100), (b'', (2**1000,), 100), (b'', (-1,), 100), (b'', (), 0), (b'', (), -1), (b'', (), 2**100),
    (b'', (), 100), (b'',), (joined, sizes, 255), (b'abc', (3,), 1000), (joined[:sum(sizes[:6])], sizes[:6], 1000),
):
    show(f'train {str(args)[:60]}', _zstd.train_dict, *args)
for args in (
    ({}, b'', (), 100, 5), (b'abc', bytearray(), (), 100, 5), (b'', b'', 99, 100, 5), (b'', b'', (), 100.1, 5), (b'', b'', (), 100, 5.1),
    (b'', b'', (), 100, 5), (b'a' * 8, b'', (), 255, 5), (b'a' * 900, b'', (), 600, 5), (b'', b'', (), 100, 2**31), (b'', b'', (), 2**100, 5),
    (b'', b'', (), 0, 5), (b'', b'abc', (2,), 1000, 5),
):
    show(f'finalize {str(args)[:40]}', _zstd.finalize_dict, *args)
print(re.sub(r'=\d+', '=N', repr(zstd.finalize_dict(z, samples, 1000, 3))))

frame = compress(b'abc')
for data in (
    b'', b'a' * 10, 'a', frame[:4], frame[:5], frame[:6], frame[:-1], frame + b'zzz', bytes.fromhex('502a4d18'), bytes.fromhex('502a4d1804000000aabbccdd'),
    bytes.fromhex('502a4d1804000000aabbcc'), bytes.fromhex('28b52ffd08000000'), bytes.fromhex('28b52ffd2003ffffff'),
):
    show(f'info {data}', _zstd.get_frame_info, data)
    show(f'size {data}', _zstd.get_frame_size, data)
show('types', _zstd.set_parameter_types, 1, 2)
show('types', _zstd.set_parameter_types, c_parameter_type=int, d_parameter_type=2)
_zstd.set_parameter_types(int, int)
show('int as a key', ZstdCompressor, options={100: 10})
show('int as a key', ZstdDecompressor, options={100: 10})
_zstd.set_parameter_types(CP, DP)
for f in pickle.dumps, copy.copy:
    for o in z, ZstdCompressor(), ZstdDecompressor():
        show(f.__name__, f, o)
for base in ZstdDict, ZstdCompressor, ZstdDecompressor:
    show('subclass', type, 'X', (base,), {})
d = ZstdDecompressor()
for args in (), ('a',), (b'', 'a'), (b'', 2**80), (b'', 1.5), (frame,), (b'',):
    show(f'decompress {args}', d.decompress, *args)
for o, name in (
    (d, 'eof'), (d, 'needs_input'), (d, 'unused_data'), (c, 'last_mode'), (z, 'dict_id'), (z, 'dict_content'), (z, 'as_prefix'), (c, 'x'), (ZstdError(), 'x'),
):
    show(name, setattr, o, name, 1)
