# _lzma: filter chains, presets, checks and properties: what is taken, what is refused and how.
import lzma
from _lzma import _decode_filter_properties, _encode_filter_properties

LZMA1, LZMA2 = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2
C, D = lzma.LZMACompressor, lzma.LZMADecompressor


def show(label, f, *args, **kwargs):
    try:
        value = f(*args, **kwargs)
        print(label, type(value).__name__ if isinstance(value, (C, D)) else value)
    except Exception as error:
        print(label, type(error).__name__, error)


print({k: v for k, v in vars(lzma).items() if k.isupper() and not k.startswith('_')})
print(lzma.LZMAError.__mro__, lzma.LZMAError.__doc__)
for chain in (
    [], [{'id': 3}], [{'id': LZMA2}] * 2, [{'id': 3}] * 4 + [{'id': LZMA2}], [{'id': 3}] * 3 + [{'id': LZMA2}], [{'id': LZMA2}, {'id': 3}],
    [{'id': LZMA1}], [{'id': 3}, {'id': LZMA1}], [{'id': 3, 'dist': 0}, {'id': LZMA2}], [{'id': 3, 'dist': 257}, {'id': LZMA2}],
    [{'id': 3, 'dist': 256}, {'id': LZMA2}], [{'id': 7, 'start_offset': 3}, {'id': LZMA2}], [{'id': 4, 'start_offset': 3}, {'id': LZMA2}],
    [{'id': 10}, {'id': LZMA2}], [{'id': -1}], [{'id': 'x'}], [{'id': 2**64}], [{}], {'a': 1}, 3, 'ab', [b'x'], [3], [{'id': LZMA2, 2: 1}],
):
    for name, f in ('xz', lambda: C(filters=chain)), ('alone', lambda: C(2, filters=chain)), ('raw', lambda: C(3, filters=chain)), \
            ('decoder', lambda: D(3, filters=chain)):
        show(f'{chain} {name}', f)
for option in (
    {'preset': 10}, {'preset': 2**40}, {'preset': -1}, {'preset': None}, {'preset': 9 | lzma.PRESET_EXTREME}, {'preset': 2**31 + 10}, {'lc': 5},
    {'lc': 4, 'lp': 1}, {'lc': 0, 'lp': 4}, {'pb': 5}, {'nice_len': 1}, {'nice_len': 2}, {'nice_len': 273}, {'nice_len': 274}, {'mode': 0},
    {'mode': 1}, {'mode': 3}, {'mf': 7}, {'mf': 3}, {'mf': 2**40}, {'dict_size': 4095}, {'dict_size': 4096}, {'dict_size': 3 << 29},
    {'dict_size': (3 << 29) + 1}, {'dict_size': 2**32}, {'depth': 2**31}, {'foo': 1}, {'dict_size': 'x'},
):
    chain = [{'id': LZMA2, **option}]
    if option.get('dict_size') != 3 << 29:
        show(f'{option} encoder', C, filters=chain)
    if 'dict_size' not in option:
        show(f'{option} decoder', D, 3, filters=chain)
for args in ((4,), (0,), (2, 1), (2, 0), (1, 2), (1, 16), (1, 11), (1, -2), (3,), ('x',), (1, 'x'), (1, 2, 3, 4, 5)):
    show(f'compressor {args}', C, *args)
for kwargs in ({'preset': 10}, {'format': 2, 'preset': 10}, {'preset': 9 | lzma.PRESET_EXTREME}, {'preset': 2**31 + 10}, {'preset': 'x'},
               {'preset': 2.5}, {'preset': 1, 'filters': []}, {'foo': 1}, {'preset': -1}):
    show(f'compressor {kwargs}', C, **kwargs)
for args in ((3,), (5,), (1, None, []), (3, 5), (0, -1), (0, 2**64), (0, 0), ('x',), (0, 'x'), (1, 2, 3, 4)):
    show(f'decompressor {args}', D, *args)
print([lzma.is_check_supported(i) for i in range(-1, 18)])
for spec in (
    {'id': LZMA2}, {'id': LZMA2, 'dict_size': 4096}, {'id': LZMA2, 'dict_size': 4097}, {'id': LZMA2, 'dict_size': 2**32 - 1},
    {'id': LZMA2, 'dict_size': 0}, {'id': LZMA2, 'dict_size': 3 << 29}, {'id': LZMA2, 'dict_size': 5 << 20}, {'id': LZMA1},
    {'id': LZMA1, 'lc': 5}, {'id': LZMA1, 'lc': 0, 'lp': 2, 'pb': 4, 'dict_size': 77}, {'id': LZMA2, 'lc': 8}, {'id': 3}, {'id': 3, 'dist': 0},
    {'id': 3, 'dist': 256}, {'id': 3, 'dist': 300}, {'id': 4}, {'id': 4, 'start_offset': 5}, {'id': 7, 'start_offset': 5}, {'id': 98}, {}, 3,
):
    show(f'encode {spec}', _encode_filter_properties, spec)
for id, props in (
    (LZMA2, b''), (LZMA2, b'\0'), (LZMA2, b'\x28'), (LZMA2, b'\x29'), (LZMA2, b'\x16\x16'), (LZMA2, b'\x27'), (LZMA1, b']\0\0\x80\0'),
    (LZMA1, b']\0\0\x80'), (LZMA1, b'\xff\0\0\x80\0'), (LZMA1, b'\xe0\0\0\x80\0'), (LZMA1, b'\x08\0\0\0\0'), (3, b''), (3, b'\xff'), (3, b'ab'),
    (4, b''), (4, b'abcd'), (7, b'\1\0\0\0'), (4, b'\0\0\0\0'), (4, b'abc'), (10, b''), (98, b''), (-1, b''), (2**64, b''), (33, 3), ('x', b''),
):
    show(f'decode {id} {props}', _decode_filter_properties, id, props)
