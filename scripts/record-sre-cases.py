# Records what CPython's regular expressions find, and checksums of its Unicode database, for tests/unit/modules.
# Run with CPython 3.14 (last recorded with 3.14.10):
#
#     python3.14 scripts/record-sre-cases.py

import json, os, random, re, sys, warnings
import unicodedata as ucd
from re import _compiler, _parser

assert sys.version_info[:2] == (3, 14)
warnings.simplefilter('ignore')
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests', 'unit', 'modules')
cases = []

def add(pattern, flags, subject):
    try:
        compiled = re.compile(pattern, flags)
        code = list(_compiler._code(_parser.parse(pattern, flags), flags))
    except Exception:
        return
    isbytes = isinstance(pattern, bytes)
    def found(m): return None if m is None else [[x for span in m.regs for x in span], m.lastindex]
    answers = [found(getattr(compiled, how)(subject)) for how in ('match', 'fullmatch', 'search')]
    answers.append([found(m) for m in compiled.finditer(subject)])
    cases.append([repr(pattern), code, compiled.groups, list(subject) if isbytes else [ord(c) for c in subject], int(isbytes), answers])

random.seed(5)
ATOMS = ['a', 'b', 'c', '.', '[ab]', '[^a]', r'\w', r'\b', r'\B', '^', '$', r'\Z', r'\A', '(?:a|b)', '(a|b)', '(ab|a)', '(?=a)', '(?!b)', '(?<=a)', '(?<!b)', '(a)', '(b)?', r'\1', '(?(1)a|b)', '(?>a*)', '(?:)', '(|a)', 'x', '\xe9', '\U0001f600', '[\u0400-\u04ff]', '[a-c\xe9-\xf6\u4e00]', '(?i:A)', '(?:a*)', '(?:(a)|b)', r'\s', r'\d', r'\W', r'[\d\s]']
QUANTIFIERS = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '*+', '++', '?+', '{1,2}+']

def generate(depth=0):
    s = ''
    for _ in range(random.randint(1, 4)):
        if depth < 3 and random.random() < .3:
            tail = '|' + generate(depth + 1) if random.random() < .4 else ''
            atom = '(' + random.choice(['', '?:', '?>', '?=', '?!']) + generate(depth + 1) + tail + ')'
        else:
            atom = random.choice(ATOMS)
        s += atom + random.choice(QUANTIFIERS)
    return s

CHARS = 'aabbcabA\xe9 x1\n\u044f\U0001f600'
while len(cases) < 2500:
    p = generate()
    s = ''.join(random.choice(CHARS if random.random() < .3 else 'aab') for _ in range(random.randint(0, 9)))
    add(p, random.choice([0, 0, re.I, re.M | re.S, re.A | re.I]), s)
    if p.isascii() and len(cases) % 5 == 0:
        add(p.encode(), random.choice([0, re.I, re.I | re.L]), s.encode('latin-1', 'ignore'))

with open(os.path.join(OUT, 'sre_cases.json'), 'w') as f:
    f.write('{"recorded":"CPython 3.14.10, scripts/record-sre-cases.py","cases":[\n')
    f.write(',\n'.join(json.dumps(c, separators=(',', ':')) for c in cases))
    f.write('\n]}\n')

# Methods of Pattern, Match and Scanner.
methods = []
def method(pattern, flags, name, *args):
    compiled = re.compile(pattern, flags)
    parsed = _parser.parse(pattern, flags)
    code = list(_compiler._code(parsed, flags))
    index = parsed.state.groupdict
    names = [None] * parsed.state.groups
    for k, i in index.items(): names[i] = k
    try:
        r = getattr(compiled, name)(*args)
        if name == 'scanner': r = [r.search(), r.match(), r.search()]
        elif name == 'finditer': r = list(r)
        if isinstance(r, re.Match):
            r = [r, r.group(), r.groups(), r.groupdict(), r.regs, r.lastindex, r.lastgroup, r.pos, r.endpos, r.span(), r.start(), r.end(), r.string, r.re, r.__sizeof__(), [r[i] for i in range(compiled.groups + 1)]]
        text = ascii(r)
    except Exception as e:
        text = f'!{type(e).__name__}: {ascii(str(e))}'
    def enc(v):
        if isinstance(v, bytes): return {'b': list(v)}
        if isinstance(v, bytearray): return {'ba': list(v)}
        if isinstance(v, int) and abs(v) >= 2**53: return {'i': str(v)}
        if isinstance(v, str) and not v.isascii(): return {'s': [ord(c) for c in v]}
        return v
    methods.append([enc(pattern), int(flags | parsed.state.flags), code, compiled.groups, index, names, name, [enc(a) for a in args], text])

SUBJECTS = ['aab ab', 'xaxbx', 'a,b;c', '', 'b\xe9a\U0001f600b', 'aaa']
for pattern in ('a', '(a)(b)?', 'a*', '[,;]', '(?P<first>a+)(?P<second>b)', 'x*', '(,)|(;)', '$', '', '(?i)A', '\xe9|\U0001f600', 'b?'):
    for s in SUBJECTS:
        for name in ('match', 'fullmatch', 'search', 'findall', 'finditer', 'split', 'scanner'): method(pattern, 0, name, s)
        method(pattern, 0, 'sub', '-', s); method(pattern, 0, 'subn', '<>', s, 1); method(pattern, 0, 'split', s, 1)
        method(pattern, 0, 'search', s, 1); method(pattern, 0, 'search', s, 1, 3); method(pattern, 0, 'match', s, -5, 100); method(pattern, 0, 'findall', s, 2)
for name, *args in [('match', 1), ('match', b'a'), ('match', 'a', 'b'), ('match',), ('search', None), ('sub', '-', 1), ('findall', b'x'), ('match', 'abc', 2**70), ('scanner', 5), ('finditer', 5), ('split', 5)]: method('a', 0, name, *args)
for s in (b'aab', bytearray(b'xaa'), b'', 'text'):
    for name in ('match', 'findall', 'split', 'search'): method(b'(a)|x', re.I, name, s)
    method(b'a', 0, 'sub', b'-', s)
with open(os.path.join(OUT, 'sre_methods.json'), 'w') as f:
    f.write('{"recorded":"CPython 3.14.10, scripts/record-sre-cases.py","cases":[\n')
    f.write(',\n'.join(json.dumps(c, separators=(',', ':')) for c in methods))
    f.write('\n]}\n')
print(len(methods), 'method calls')

# One checksum (FNV-1a of the lines) for each 4096 code points and version.
def checksum(u, first):
    h = 0x811c9dc5
    for c in range(first, first + 4096):
        s = chr(c)
        v = u.numeric(s, None)
        fields = [u.category(s), u.bidirectional(s), str(u.combining(s)), str(u.mirrored(s)), u.east_asian_width(s), str(u.decimal(s, -1)), str(u.digit(s, -1)), '-' if v is None else str(round(v * 5040)), u.decomposition(s), u.name(s, '-')]
        if not 0xd800 <= c < 0xe000:
            for form in ('NFC', 'NFKC', 'NFD', 'NFKD'): fields.append(' '.join(str(ord(x)) for x in u.normalize(form, s)))
        if u is ucd:
            for m in (s.lower(), s.upper(), s.title(), s.casefold()): fields.append(' '.join(str(ord(x)) for x in m))
            fields.append(''.join('01'[f] for f in (s.isalpha(), s.isdecimal(), s.isdigit(), s.isnumeric(), s.isalnum(), s.isspace(), s.isprintable(), s.isidentifier(), ('a' + s).isidentifier())))
        for b in '|'.join(fields).encode() + b'\n':
            h = (h ^ b) * 0x01000193 & 0xffffffff
    return h

sums = {'current': [], 'old': []}
for first in range(0, 0x110000, 4096):
    sums['current'].append(checksum(ucd, first))
    sums['old'].append(checksum(ucd.ucd_3_2_0, first))
with open(os.path.join(OUT, 'unicode_checksums.json'), 'w') as f:
    json.dump({'recorded': 'CPython 3.14.10, scripts/record-sre-cases.py', **sums}, f)
    f.write('\n')
print(len(cases), 'cases')
