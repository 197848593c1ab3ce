# Records what CPython answers to calls of str, bytes, bytearray and memoryview methods, for tests/unit/objects.
# Run with CPython 3.14 (last recorded with 3.14.10):
#
#     python3.14 scripts/record-text-cases.py

import json, os, random, sys, warnings

assert sys.version_info[:2] == (3, 14)
warnings.simplefilter('ignore')
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests', 'unit', 'objects')

def enc(v):
    t = type(v)
    if v is None or t is bool: return v
    if t is int: return v if abs(v) < 2**53 else {'i': str(v)}
    if t is float: return {'f': repr(v)}
    if t is str: return v if v.isascii() else {'s': [ord(c) for c in v]}
    if t is bytes: return {'b': list(v)}
    if t is bytearray: return {'ba': list(v)}
    if t is memoryview: return {'mv': enc(v.obj)}
    if t is tuple: return {'t': [enc(x) for x in v]}
    if t is list: return {'l': [enc(x) for x in v]}
    if t is dict: return {'d': [[enc(k), enc(x)] for k, x in v.items()]}
    if t is slice: return {'sl': [enc(v.start), enc(v.stop), enc(v.step)]}
    raise TypeError(t)

cases = []
seen = set()

def case(recv, name, *args, **kw):
    c = [enc(recv), name, [enc(a) for a in args], {k: enc(v) for k, v in kw.items()}]
    key = json.dumps(c)
    if key in seen: return
    seen.add(key)
    target = recv
    if type(recv) is bytearray: target = bytearray(recv)
    try:
        r = getattr(target, name)(*args, **kw)
        text = ascii(r)
        if type(r).__name__ in ('str_iterator', 'str_ascii_iterator', 'bytes_iterator', 'bytearray_iterator', 'memory_iterator'): text = ascii(list(r))
        if type(r) is memoryview: text = 'memoryview ' + ascii((r.tolist(), r.format, r.shape, r.strides, r.readonly))
    except Exception as e:
        text = f'!{type(e).__name__}: {ascii(str(e))}'
    if len(text) > 2000: return
    if type(recv) is bytearray: text += ' / ' + ascii(target)
    c.append(text)
    cases.append(c)

random.seed(314)
ALPHA = ['a', 'b', 'A', 'B', ' ', '1', '\t', '\n', '\r', '-', '+', '.', '%', '_', 'z', '\x00', '\x1c', '\x85', '\xa0', '\xdf', '\xe9', '\xc9', '\xb5', '\xff', '\u0130', '\u0131', '\u0149', '\u03a3', '\u03c3', '\u03c2', '\u01c5', '\ufb03', '\u0660', '\u2028', '\u3000', '\u2167', '\xb2', '\u4e00', '\ud800', '\udc80', '\U0001f600', '\U00010400', '\U0001d7d8', '\u0345', "'", '"', '\\', '{', '}']
def word(n=6, heavy=False):
    pool = ALPHA if random.random() < .6 or heavy else ['a', 'b', 'ab', ' ', 'A']
    return ''.join(random.choice(pool) for _ in range(random.randint(0, n)))

NOARG = ['capitalize', 'casefold', 'lower', 'upper', 'title', 'swapcase', 'isascii', 'islower', 'isupper', 'istitle', 'isspace', 'isdecimal', 'isdigit', 'isnumeric', 'isalpha', 'isalnum', 'isidentifier', 'isprintable', 'split', 'rsplit', 'splitlines', 'strip', 'lstrip', 'rstrip', '__repr__', '__str__', '__len__', '__sizeof__', '__iter__', '__getnewargs__', 'expandtabs', 'encode', '__format__', 'join', 'find', '__hash__']
for c in ALPHA:
    for m in NOARG[:18]: case(c, m)
for _ in range(500):
    s = word(8)
    m = random.choice(NOARG)
    if m != '__hash__': case(s, m)
bounds = [None, 0, 1, 2, -1, -3, 5, 100, -100, 2**70, -2**70]
for _ in range(900):
    s = word(9); sub = random.choice([word(2), s[1:3], s[:1], s[-1:], ''])
    m = random.choice(['find', 'rfind', 'index', 'rindex', 'count', 'startswith', 'endswith'])
    args = [sub] + [random.choice(bounds) for _ in range(random.randint(0, 2))]
    if m in ('startswith', 'endswith') and random.random() < .3: args[0] = (sub, word(1))
    case(s, m, *args)
    m = random.choice(['split', 'rsplit', 'partition', 'rpartition', 'strip', 'lstrip', 'rstrip', 'replace', 'removeprefix', 'removesuffix', '__contains__', '__add__', '__eq__', '__lt__', '__ge__', '__ne__', 'center', 'ljust', 'rjust', 'zfill', 'expandtabs', '__mul__', '__getitem__', 'splitlines', 'join', 'translate', 'encode', '__mod__', '__rmul__'])
    n = random.randint(-2, 9)
    if m in ('split', 'rsplit'): case(s, m, *random.choice([(), (sub,), (None, n), (sub, n), (sub, 1)]))
    elif m in ('strip', 'lstrip', 'rstrip'): case(s, m, *random.choice([(), (sub,), (None,), (s[:1] + s[-1:],)]))
    elif m == 'replace': case(s, m, sub, word(2), *random.choice([(), (n,), (1,)]))
    elif m in ('center', 'ljust', 'rjust'): case(s, m, n + 6, *random.choice([(), ('*',), ('\u4e00',), ('\U0001f600',)]))
    elif m in ('zfill', '__mul__', '__rmul__', 'expandtabs'): case(s, m, n)
    elif m == '__getitem__': case(s, m, random.choice([n, slice(None, None, random.choice([1, -1, 2, -2])), slice(n, random.choice(bounds), random.choice([None, 1, -1, 3]))]))
    elif m == 'splitlines': case(s, m, random.choice([True, False]))
    elif m == 'join': case(s, m, [word(2) for _ in range(random.randint(0, 4))])
    elif m == 'translate': case(s, m, {ord(c): random.choice([None, 'xy', 65, '\U0001f600', 0x10400]) for c in s[:3]})
    elif m == 'encode': case(s, m, random.choice(['utf-8', 'ascii', 'latin-1', 'utf-16', 'utf-32', 'UTF8', 'us-ascii', 'utf-32']), random.choice(['strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape', 'surrogatepass', 'namereplace']))
    elif m == '__mod__': case(s.replace('%', ''), m, ())
    else: case(s, m, sub)

# errors
for m in ('find', 'index', 'count', 'startswith', 'endswith', 'rfind', 'rindex'):
    for a in ((), (1,), ('a', 'b'), ('a', 1, 2, 3), ((1,),), ('a', None, 1.5)): case('abc', m, *a)
for m, *args in [('replace', 1, 2), ('replace', 'a', 2), ('replace', 'a', 'b', 'x'), ('replace', 'a'), ('split', 1), ('split', ''), ('rsplit', ''), ('split', 'a', 'b'), ('partition', 1), ('partition', ''), ('rpartition', ''), ('strip', 1), ('lstrip', 1), ('rstrip', b'a'), ('join', 1), ('join', [1]), ('join', ['a', 2]), ('join', 'xyz'), ('join', {'a': 1, 'b': 2}), ('center', 'a'), ('center', 5, 'ab'), ('center', 5, 1), ('ljust', 5, b'a'), ('zfill', 'a'), ('expandtabs', 'a'), ('expandtabs', 2**40), ('translate', 1), ('translate', {97: 2**40}), ('translate', {97: -1}), ('translate', {97: 1.5}), ('translate', 'xyz'), ('maketrans', 1), ('maketrans', {'ab': 1}), ('maketrans', {'a': 1, 98: None}), ('maketrans', {1.5: 1}), ('maketrans', 'a', 'bc'), ('maketrans', 'ab', 'cd', 'e'), ('maketrans', 'a', 1), ('maketrans', 1, 'a'), ('maketrans', 'a', 'b', 1), ('encode', 1), ('encode', 'utf8', 1), ('encode', 'ascii\0'), ('removeprefix', 1), ('__add__', 1), ('__getitem__', 7), ('__getitem__', 'b'), ('__getitem__', 1.5), ('__getitem__', 2**70), ('__getitem__', slice(None, None, 0)), ('__contains__', 1), ('format_map',), ('isidentifier', 1), ('__lt__', 1), ('splitlines', 'a'), ('__format__', 1), ('__mul__', 'a'), ('__mul__', 2**70)]:
    case('abc', m, *args)

# % formatting
FMT = ['%d', '%i', '%5d', '%-5d|', '%05d', '%+d', '% d', '%.3d', '%08.3d', '%x', '%#x', '%#X', '%o', '%#o', '%#010x', '%#-10x|', '%s', '%r', '%a', '%5s', '%-5s|', '%.2s', '%5.1s|', '%c', '%5c', '%f', '%.2f', '%010.3f', '%+.1e', '%g', '%G', '%#.0f', '%-8.2f|', '%u', '%hd', '%ld', '%%', '%5%', '%q', '%', '%(a)s', '%(a', '%*d', '%.*f', '%-*d|', '%b', '%05s', '%F', '%E', '% f', '%99999999999999999999d', '%.99999999999999999999d', '%lld', '%\u1234', '%(a)%', '%.', '%-', 'x%dy%sz', '%(a)d %(b)s', '%s %s']
VAL = [5, -3, 0, 255, 10**25, 1.5, -2.25, 0.0, float('inf'), 'a', 'ab', '\xe9', '\U0001f600', b'z', None, True, (), (1,), (1, 2), (3, 'x'), ('a', 'b'), (7, 2.5), {'a': 1}, {'a': 'q', 'b': 2}, [1], 65, 1114112, -1, 1e300]
for f in FMT:
    for v in VAL:
        case(f, '__mod__', v)
        if f.isascii() and random.random() < .6:
            b = v
            if type(v) is str: b = v.encode('utf8', 'surrogatepass')
            if type(v) is tuple: b = tuple(x.encode() if type(x) is str else x for x in v)
            if type(v) is dict: b = {k.encode(): (x.encode() if type(x) is str else x) for k, x in v.items()}
            case(f.encode(), '__mod__', b)
case('%s', '__mod__', [1, 'a', None, (2,)])

# format
SPECS = ['{}', '{0}', '{1}', '{a}', '{}{}', '{0}{}', '{}{0}', '{', '}', '{{}}', '{0', '{0!r}', '{0!s:>5}', '{0!a}', '{0!x}', '{0!}', '{0!rx}', '{0:{1}}', '{0:{1:{2}}}', '{:{}}', '{0[0]}', '{0[-1]}', '{0[a]}', '{0[]}', '{0.}', '{0[a]b}', '{0:}}', '{0:{{}', '{99999999999999999999}', '{0[99999999999999999999]}', '{5}', '{0!', '{0!r', '{0:', '{0:{', '{a!s:>5}|{b!a}', '{ a }', '{:>10}', '{:*^9}', '{:<5}|', '{:=5}', '{:+5}', '{:.2}', '{:05}', '{:d}', '{:x}', '{:,}', '{:_}', '{:10.3f}', '{:e}', '{:%}', '{:\U0001f600>5}', '{:s5}', '{!r:}', '{0.real}', '{0.nope}', '{a[b]}', '{0[x]}}']
for f in SPECS:
    for args, kw in (((), {}), (('abc',), {}), ((5, 6, 7), {}), ((1234567,), {'a': 'x', 'b': '\xe9'}), ((['p', 'q'],), {'a': {'b': 3}}), ((2.5, '\xe9'), {})):
        case(f, 'format', *args, **kw)
    case(f, 'format_map', {'a': 'A', 'b': 2, '0': 'zero', '': 'e'})
for spec in ['', '5', '05', '=5', '+5', ' 5', '#5', 'z5', ',', '_', 'd', '>>5d', '.2', '^7.2s', '\xe9^5', '\U0001f600>5', '99999999999999999999', '.99999999999999999999', '.', '5x5', 's5', '.5,', '5,,', '5,_', '<05', '\x01', '\u1234', '.5.5']:
    case('abc', '__format__', spec)

# bytes and bytearray
BNO = ['capitalize', 'lower', 'upper', 'title', 'swapcase', 'isascii', 'islower', 'isupper', 'istitle', 'isspace', 'isdigit', 'isalpha', 'isalnum', 'split', 'rsplit', 'splitlines', 'strip', 'lstrip', 'rstrip', '__repr__', '__len__', '__sizeof__', '__iter__', 'expandtabs', 'decode', 'hex', '__str__']
BAL = [97, 98, 65, 66, 32, 49, 9, 10, 13, 11, 12, 45, 43, 95, 0, 255, 195, 169, 39, 34, 92, 240, 159, 152, 128, 237, 160, 128]
def bword(n=6):
    pool = BAL if random.random() < .6 else [97, 98, 32]
    return bytes(random.choice(pool) for _ in range(random.randint(0, n)))
for _ in range(900):
    b = bword(9)
    recv = random.choice([b, b, bytearray(b)])
    case(recv, random.choice(BNO))
    sub = random.choice([bword(2), b[1:3], b[:1], b''])
    n = random.randint(-2, 9)
    m = random.choice(['find', 'rfind', 'index', 'rindex', 'count', 'startswith', 'endswith', 'split', 'rsplit', 'partition', 'rpartition', 'strip', 'lstrip', 'rstrip', 'replace', 'removeprefix', 'removesuffix', '__contains__', '__add__', '__eq__', '__lt__', '__ge__', 'center', 'ljust', 'rjust', 'zfill', 'expandtabs', '__mul__', '__getitem__', 'join', 'translate', 'decode', 'hex', 'fromhex', 'splitlines'])
    if m in ('find', 'rfind', 'index', 'rindex', 'count', 'startswith', 'endswith'):
        x = random.choice([sub, sub, 97, bytearray(sub)])
        case(recv, m, x, *[random.choice(bounds) for _ in range(random.randint(0, 2))])
    elif m in ('split', 'rsplit'): case(recv, m, *random.choice([(), (sub,), (None, n), (sub, n)]))
    elif m in ('strip', 'lstrip', 'rstrip'): case(recv, m, *random.choice([(), (sub,), (None,), (b[:1] + b[-1:],)]))
    elif m == 'replace': case(recv, m, sub, bword(2), *random.choice([(), (n,)]))
    elif m in ('center', 'ljust', 'rjust'): case(recv, m, n + 6, *random.choice([(), (b'*',), (bytearray(b'x'),)]))
    elif m in ('zfill', '__mul__', 'expandtabs'): case(recv, m, n)
    elif m == '__getitem__': case(recv, m, random.choice([n, slice(None, None, random.choice([1, -1, 2])), slice(n, random.choice(bounds), random.choice([None, 1, -1, 3]))]))
    elif m == 'join': case(recv, m, [random.choice([bword(2), bytearray(b'q'), memoryview(b'mv')]) for _ in range(random.randint(0, 4))])
    elif m == 'translate': case(recv, m, random.choice([None, bytes(range(255, -1, -1))]), sub)
    elif m == 'decode': case(recv, m, random.choice(['utf-8', 'ascii', 'latin-1', 'utf-16', 'utf-32']), random.choice(['strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape', 'surrogatepass']))
    elif m == 'hex': case(recv, m, *random.choice([(), ('-',), (':', 2), (b'.', -3), ('-', 0)]))
    elif m == 'fromhex': case(recv, m, random.choice([sub.hex(), ' 0a 1F', 'abc', '0g', b'4142', 1, '\xe9', '0 1']))
    elif m == 'splitlines': case(recv, m, random.choice([True, False]))
    else: case(recv, m, sub)
for recv in (b'abc', bytearray(b'abc')):
    for m, *args in [('find', 'a'), ('find', 256), ('find', 2**70), ('find', 1.5), ('find', b'a', 'b'), ('index', b'z'), ('count', 'a'), ('startswith', 'a'), ('startswith', ('a',)), ('endswith', 1), ('join', 'ab'), ('join', [1]), ('join', [b'a', 'b']), ('join', 1), ('replace', 'a', b'b'), ('replace', b'a', 'b'), ('split', 'a'), ('split', b''), ('partition', 'a'), ('partition', b''), ('strip', 'a'), ('center', 5, 'a'), ('center', 5, b'ab'), ('ljust', 5, 1), ('translate', 'a'), ('translate', b'a'), ('maketrans', b'a', b'bc'), ('maketrans', 'a', b'b'), ('hex', 'ab'), ('hex', 1), ('hex', '\xe9'), ('removeprefix', 'a'), ('decode', 'utf8', 1), ('__add__', 1), ('__add__', 'a'), ('__getitem__', 5), ('__getitem__', 'a'), ('__contains__', 'a'), ('__contains__', 256), ('__mul__', 'a'), ('__mod__', 1), ('__lt__', 'a'), ('__eq__', 'abc'), ('zfill', 'a')]:
        case(recv, m, *args)
BA = bytearray(b'abcdef')
for m, *args in [('append', 1), ('append', 256), ('append', 'a'), ('append', 2**70), ('extend', b'xy'), ('extend', [1, 2]), ('extend', [256]), ('extend', 1), ('extend', 'abc'), ('extend', ['a']), ('insert', 2, 9), ('insert', -100, 9), ('insert', 100, 9), ('insert', 'a', 1), ('pop',), ('pop', 0), ('pop', -2), ('pop', 10), ('remove', 99), ('remove', 1), ('remove', 256), ('reverse',), ('clear',), ('copy',), ('resize', 3), ('resize', 9), ('resize', -1), ('__alloc__',), ('__sizeof__',), ('__reduce__',), ('__reduce_ex__', 3), ('__reduce_ex__', 2), ('__iadd__', b'z'), ('__iadd__', 'a'), ('__imul__', 2), ('__imul__', 0), ('__setitem__', 0, 5), ('__setitem__', 9, 5), ('__setitem__', 'a', 1), ('__setitem__', 0, 256), ('__setitem__', 0, 'a'), ('__setitem__', slice(0, 3, 2), b'abc'), ('__setitem__', slice(0, 3, 2), b'xy'), ('__setitem__', slice(0, 3), b'Z'), ('__setitem__', slice(1, 2), b'ZZZZZZZZ'), ('__setitem__', slice(4, 2), b'q'), ('__setitem__', slice(0, 3), 'abc'), ('__setitem__', slice(0, 3), 5), ('__setitem__', slice(0, 2), [1, 2, 3]), ('__setitem__', slice(None, None, -1), b'123456'), ('__delitem__', 0), ('__delitem__', 5), ('__delitem__', 6), ('__delitem__', slice(None, None, 2)), ('__delitem__', slice(4, 0, -2)), ('__delitem__', slice(0, 2)), ('__delitem__', slice(2, 4)), ('__delitem__', slice(0, 5))]:
    case(BA, m, *args)

# memoryview
for m, *args in [('tobytes',), ('tolist',), ('hex',), ('hex', '-'), ('__len__',), ('__getitem__', 1), ('__getitem__', -1), ('__getitem__', 9), ('__getitem__', 'a'), ('__getitem__', slice(1, 4)), ('__getitem__', slice(None, None, -2)), ('__getitem__', (0, 1)), ('cast', 'H'), ('cast', 'I'), ('cast', 'x'), ('cast', 'B', [2, 4]), ('cast', 'B', [3, 3]), ('cast', 'b'), ('cast', 'c'), ('cast', '?'), ('cast', 'd'), ('cast', 'e'), ('cast', 'q'), ('cast', '@l'), ('cast', '<I'), ('cast', 1), ('cast', 'B', 5), ('cast', 'B', ['a']), ('cast', 'B', [-8]), ('__eq__', b'abcdefgh'), ('__eq__', 'abcdefgh'), ('__ne__', b'abcdefgh'), ('__lt__', b'x'), ('count', 97), ('index', 98), ('index', 1), ('index', 98, 2), ('toreadonly',), ('tobytes', 'F'), ('tobytes', 'X'), ('__iter__',), ('__setitem__', 0, 1), ('__sizeof__',)]:
    case(memoryview(b'abcdefgh'), m, *args)

with open(os.path.join(OUT, 'text_cases.json'), 'w') as f:
    f.write('{"recorded":"CPython 3.14.10, scripts/record-text-cases.py","cases":[\n')
    f.write(',\n'.join(json.dumps(c, separators=(',', ':')) for c in cases))
    f.write('\n]}\n')
print(len(cases), 'cases')

# the natives of _codecs
import _codecs, _string
calls = []
def native(name, *args):
    try: text = ascii(getattr(_codecs, name)(*args))
    except Exception as e: text = f'!{type(e).__name__}: {ascii(str(e))}'
    calls.append([name, [enc(a) for a in args], text])

HANDLERS = [None, 'strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape', 'surrogatepass', 'nope']
for name in ('utf_8', 'utf_7', 'utf_16', 'utf_16_le', 'utf_16_be', 'utf_32', 'utf_32_le', 'utf_32_be', 'unicode_escape', 'raw_unicode_escape'):
    for _ in range(120):
        pool = BAL + [43, 45, 92, 117, 120, 78, 123, 125, 85, 48, 65, 79, 107, 216, 220, 254]
        b = bytes(random.choice(pool) for _ in range(random.randint(0, 12)))
        if random.random() < .4:
            try: b = word(4).encode(name.replace('_', '-') if name.startswith('utf') else name, 'surrogatepass') + b[:2]
            except Exception: pass
        native(name + '_decode', b, random.choice(HANDLERS), random.random() < .6)
    for _ in range(60): native(name + '_encode', word(6, True), random.choice(HANDLERS + ['xmlcharrefreplace', 'namereplace']))
for b in (b'\\x', b'\\x4', b'\\xg', b'\\u123', b'\\U0011ffff', b'\\N{foo}', b'\\N', b'\\N{', b'\\N{}', b'\\N{SPACE}', b'\\N{LATIN SMALL LETTER A', b'\\', b'\\q\\101\\777\\8\\0a\n\\\n\\a\\b\\f\\n\\r\\t\\v', b'\xff\\ud800', b'\\x4z\\u12zz', b'ab\\u1234\\x41\\U0001f600\xff\\\\u1234\\', b'\\U00110000', b'\\N{KEYCAP DIGIT ONE}'):
    for h in (None, 'replace', 'ignore', 'backslashreplace'):
        for final in (True, False):
            native('unicode_escape_decode', b, h, final)
            native('raw_unicode_escape_decode', b, h, final)
    native('escape_decode', b); native('escape_decode', b, 'replace'); native('escape_decode', b, 'ignore'); native('escape_decode', b, 'foo'); native('escape_encode', b)
for b in (b'a+-b+AOk-+AOk!+2D3eAA-', b'a+\xe9', b'+AOk', b'+AO', b'+', b'+A-', b'+2D0-', b'+2D0A-', b'+AOl-', b'+!', b'+A!', b'+AOk\xe9', b'a+AOk-b+A', b'a+AOkA', b'+2D0-x', b'+AOl-x'):
    for h in (None, 'replace', 'ignore'):
        for final in (True, False): native('utf_7_decode', b, h, final)
for args in [(b'abc', None, 'xy'), (b'\0\1\2', 'strict', 'x\ufffez'), (b'\0\1\2', 'replace', 'x\ufffez'), (b'\0\1\2', 'strict', {0: 'ab', 1: 99, 2: None}), (b'\0\1\2', 'ignore', {0: 'ab', 1: 99, 2: None}), (b'\0', None, {0: 0x110000}), (b'\0', None, {0: 1.5}), (b'\0', None, {0: 0xfffe}), (b'\0\xff',), ('a',)]: native('charmap_decode', *args)
for args in [('abc\xe9',), ('ab', None, {97: b'xy', 98: 300}), ('ab', None, {97: b'xy', 98: 65}), ('ab', None, {97: None}), ('abab', 'replace', {98: 65}), ('abab', 'replace', {98: 65, 63: 66}), ('ab', None, {97: 1.5}), ('ab', None, {97: 'x'}), (b'a',)]: native('charmap_encode', *args)
native('charmap_build', 'aaaaa'); native('charmap_build', 'ab'); native('charmap_build', 1)
for name in ('utf_16_ex_decode', 'utf_32_ex_decode'):
    for args in [(b'\xff\xfea\0b',), (b'a\0', None, 1, True), (b'\0\0\xfe\xff\0\0\0a',), (b'\xff\xfe\0\0a\0\0\0b',), (b'', None, -1, True), (b'\0\xd8', None, 0, True)]: native(name, *args)
native('utf_16_encode', 'a\U0001f600', None, 1); native('utf_32_encode', 'a\U0001f600', None, -1); native('latin_1_encode', '\xe9'); native('latin_1_decode', b'\xe9'); native('ascii_encode', 'a\xe9', 'replace'); native('ascii_decode', b'a\xe9', 'replace'); native('readbuffer_encode', '\xe9'); native('readbuffer_encode', 1); native('utf_8_encode', 'a', 5); native('utf_8_decode', 'a'); native('lookup_error', 'zzz'); native('_unregister_error', 'strict'); native('_unregister_error', 'zzz'); native('register', 1); native('register_error', 'x', 1)
with open(os.path.join(OUT, 'codec_cases.json'), 'w') as f:
    f.write('{"recorded":"CPython 3.14.10, scripts/record-text-cases.py","cases":[\n')
    f.write(',\n'.join(json.dumps(c, separators=(',', ':')) for c in calls))
    f.write('\n]}\n')
print(len(calls), 'codec calls')
