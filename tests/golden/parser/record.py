"""Records what CPython 3.14.10 makes of the sources below: trees.json, errors.json, unparsed.json.

Run with that CPython:  python3.14 tests/golden/parser/record.py
The errors are those of hand-written sources and of the good sources with a token deleted, doubled, moved or put in.
"""
import __future__
import ast
import json
import pathlib
import random
import re
import sys
import warnings

HERE = pathlib.Path(__file__).parent
assert sys.version_info[:2] == (3, 14)

# Sources that are valid, by topic; an empty line separates them.
GOOD = r'''
x = 1

x = y = z, *w = [a, *b] = (c, (d, e)) = f.g = h[i] = 0

x: int = 1; (y): str; a.b: list[int] = []; c[0]: dict

x += 1; y -= 2; z *= 3; w /= 4; a //= 5; b %= 6; c @= 7; d **= 8; e <<= 9; f >>= 10; g &= 11; h |= 12; i ^= 13

a.b.c(d)[e](*f, g, *h, i=j, **k, l=m)

f(x for x in y); f((x for x in y), 1); f(a := 1, b=2)

x[1:2, ::3, 4:, :5, *a, b:=c, ...]

x[a]; x[a,]; x[*a]; x[()]; x[:]

(a + b) * -c ** -d // e % f @ g - ~h << i >> j & k ^ l | m

not a and b or not c and d

a < b <= c == d != e > f >= g is h is not i in j not in k

lambda: 0; lambda a, /, b=1, *c, d, e=2, **f: (a, b); lambda *, k: k

a if b else c if d else lambda: e

[a for b in c if d if e for f, *g in h]; {a for b in c}; {a: b for c, d in e}; (a for b in c)

{}; {1: 2, **a, 3: 4,}; {1, *a}; (); (a,); [a, *b,]; (yield); (a := b)

None, True, False, ..., 1_000, 0xFF, 0o17, 0b101, 1.5e3, .5, 5., 1e400, 3j, 00

'a' "b" r'\c' u'd' '\n\x41\u1234\U0001f600\N{BULLET}\101\
e'; b'a' rb'\b' b'\x00\377'; """f
g"""

'\ud800'; '\ud83d\ude00'; 'é'; 'é' 'x'

f'a{b}c{d!r:>{e}.{f}}g{{h}}' 'i' f"{j=}{k = !s}{l=:m}" rf'\{n:\d}'

f'{a!r:^{b}}{"c"}{ {1: 2}[1] }{lambda_:=5}{x,y}{*z,}{yield}'

t'a{b!s:c{d}}e' t'{f = }'

def f(): pass

def f(a, b=1, /, c=2, *d: int, e, f=3, **g: str) -> int: return a

def f(*, a): yield a; yield from b; x = yield

def f[T: int = str, *Ts = *tuple[int], **P = [int]](*args: *Ts): ...

async def f():
    async with a as b, c: await d
    async for e in f: pass
    else: pass
    return [x async for x in y]

@a.b(c)
@d
class C[T](A, *B, metaclass=M, **K):
    """doc"""
    x: int
    def m(self): return self

class C: x = 1; y = 2;

if a: b
elif c: d
elif e:
    f
else: g

while a:
    if b: continue
    break
else:
    pass

for a, *b in c, *d:
    pass
else:
    e

try: a
except: b
else: c
finally: d

try:
    a
except B as c:
    d
except D, E:
    f
finally:
    g

try: a
except* B as c: d
except* D, E: f

with a: b

with a as b, c as (d, e): f

with (a as b, c, d as e.f,): g

with (a, b) as c, (d): e

with (yield a): b

match a:
    case 1 | -2 | 3.5 + 4j | 'b' 'c' | b'd' | None | True: d
    case [e, *_, f] | (g, h) | [] | (): i
    case {'j': k, 1: l, m.n: o, **p}: q
    case {}: r
    case C() | D(s) | E(t, u=v) | F.G(w=_,): x
    case (y as z) if z: aa
    case bb, *cc: dd
    case _: ee

match (a, b), *c:
    case d: pass

match = case = type = _ = 1; match(a); match[b]; match - c; match.d; print(match, case, type)

match * a, b

type X = int; type Y[T] = list[T]; type = 1; type.x; type(y)

del a, b.c, d[e], (f, g), [h, i]

import a, b.c, d as e, f.g as h; from i import j, k as l; from . import m; from ...n.o import (p, q as r,); from s import *

def f():
    global a, b
    nonlocal_ = 1
    def g():
        nonlocal nonlocal_

assert a, b; assert c; raise; raise d; raise e from f; pass

x = (
    1,  # comment
    2
)  \
  + 3

if a:
	b
	if c:
	    d

async def f(): return (await a)(await b)[await c]

print(*args, sep='', **kw); a.b = c; 𝐱 = ℌ = ﬁ = 1
'''

# Sources that are not.
BAD = r'''
raise from x
assert x = 1
import a as b.c
from a import b as c.d; x
{**x: 1}
{1: *a}
f(*a if b)
t"a" = 1
del t"a{x}"
1 if 2 else pass
pass if 1 else 2
x = "a" b "c"
def f(a, (b)): pass
for x of y: pass
[x for x of y]
class C[]: pass
[**a for x in y]
(**a)
{**a for a in b}
print x
exec y
with a as f(): pass
1 + not x
-not x
lambda (x): 1
f(a, b=)
f(x for x in y, 1)
f(x, y for y in z)
f(**a, *b)
f(a=1, b)
f(**a, b)
f(*a=b)
f(**a=b)
a, b: int
(a, b): int
[a]: int
f(): int
f() = 1
f() += 1
(a, b) += 1
[a, b() , c] = 1
for a, b() in c: pass
[a b]
x = 1 2
if x = 1: pass
f(a.b=1)
f(True=1)
f(a=b for b in c)
lambda x=: 1
def f(*): pass
def f(*, **k): pass
def f(**k, a): pass
def f(a=1, b): pass
def f(a, /, b, /): pass
def f(*a, /): pass
def f(/, a): pass
def f(*a, *b): pass
def f(**k=1): pass
def f(*a=1): pass
def f(a=): pass
def f(a, / *b): pass
lambda *: 0
lambda a=1, b: 0
lambda **a, b: 0
import a from b
import
from a import
from a import b,
a = yield = 1
x: int = yield = 1
async x
await
"abc
f(
(a, b
{1: 2
f"{
f"{a
f"{a!x}"
f"{a! r}"
f"{a!}"
f"{a!1}"
f"{}"
f"{=}"
f"{!r}"
f"{a b}"
f"{a=b}"
f"{a:{b}"
f"{lambda x:1}"
t"{lambda x:1}"
f"}"
f"{a $ b}"
f"{*}"
x = 5 $
x = 0777
1_
0b2
1e
a = 1a
"""a
a \ b
a?
def f
else: pass
None = 1
x.None = 1
def None(): pass
del f()
del a + b
del *a
print(*)
x = {1:2, 3}
x = {1:2, 3:}
x={1:2 3:4}
a <> b
x <>
x := 1
(x.y := 1)
(a := b := c)
[a, b for a, b in c]
[a, for a in b]
{*a for a in b}
(*a)
(*a for a in b)
{}=1
lambda: x = 1
a if b
a if b else
type X = 
type X[*T: int] = 1
type X[**P: (int, str)] = 1
case 1: pass
"a" b"b"
b"é"
t"a" "b"
"\x1"
"\N{NO SUCH NAME}"
f"a{b}\x"
b"\x0"
x = 1 if 2
)
(]
f(a, b
g(c)
'''

# Sources of more than one line that are not valid; "----" separates them.
BAD_BLOCKS = r'''
if x
    pass
----
if x:
pass
----
if x: pass
elif y:
pass
----
if x: pass
else: y
elif z: pass
----
while x:
pass
----
for a in b:
pass
----
for a in b
    pass
----
def f():
pass
----
def f()
    pass
----
class C:
pass
----
class C
    pass
----
with a:
pass
----
with a as b
    pass
----
with (a as b, c)
    pass
----
try:
pass
----
try:
    pass
x
----
try: pass
except:
pass
----
try: pass
except A as b:
pass
----
try: pass
except A, B as c: pass
----
try: pass
except A as b.c: pass
----
try: pass
except* A:
pass
----
try: pass
except*: pass
----
try: pass
except A: pass
except* B: pass
----
try: pass
except* A: pass
except B: pass
----
try: pass
finally:
pass
----
match x:
case 1: pass
----
match x
    case 1: pass
----
match x:
    case 1
        pass
----
match x:
    case 1:
    pass
----
match x:
    case a as b.c: pass
----
match x:
    case a as _: pass
----
match x:
    case C(a=1, b): pass
----
match x:
    case 1 + 2: pass
----
match x:
    case 1j + 2j: pass
----
match x:
    case {**a, 1: b}: pass
----
  x
----
x
  y
----
if x:
    y
  z
----
if x:
	y
        z
----
def f(a,
      b
x = 1
----
x = [1, 2
y = 3
z = (4
----
f("a"
  "b
----
@
def f(): pass
----
a = {
    'b': c
    'd': e
}
----
print "hello"
x = '''

# Depths around the limits: (prefix, unit, middle, closing unit, suffix, counts).
DEEP = [
    ('', '-', '4', '', '', [100, 1000, 5967, 5968, 5969, 20000]),
    ('', 'not ', '4', '', '', [5968, 5969]),
    ('', '(', '4', ')', '', [100, 199, 200, 201, 20000]),
    ('x = ', '[', '4', ']', '', [200, 201]),
    ('', 'x[', '4', ']', '', [200, 201]),
    ('', 'lambda:', '4', '', '', [2984, 2985, 5000]),
    ('', '1 if 2 else ', '4', '', '', [5968, 5969]),
    ('', '2**', '4', '', '', [2984, 2985]),
    ('if 1: pass\n', 'elif 2: pass\n', '', '', '', [300, 5965, 5966]),
    ('', 'lambda x=(', '1', '):1', '', [165, 166]),
    ('', '(', '4', '', '', [3, 200, 201]),
]

OPTIONS = [
    ('x y', 'eval', {}), ('x', 'eval', {}), ('', 'eval', {}), ('x = 1', 'eval', {}), ('x\n', 'single', {}),
    ('x\ny', 'single', {}), ('', 'single', {}), ('if 1: pass\n', 'single', {}), ('if 1: pass', 'single', {}),
    ('(a', 'single', {'flags': 0x4200}), ('if 1:\n  pass', 'single', {'flags': 0x4200}), ('x y', 'single', {'flags': 0x4000}),
    ('"""a', 'exec', {'flags': 0x4000}), ('x)', 'exec', {'flags': 0x4000}), ('a; b', 'single', {}), ('pass # c\n\n', 'single', {}),
    ('(int, *str, **a) -> b', 'func_type', {}), ('() -> a', 'func_type', {}), ('(a) ->', 'func_type', {}),
    ('a <> b', 'exec', {'flags': 0x400000}), ('a != b', 'exec', {'flags': 0x400000}),
    ('from __future__ import barry_as_FLUFL\na <> b\n', 'exec', {}), ('from __future__ import barry_as_FLUFL\na != b\n', 'exec', {}),
    ('x = 1 # type: int\n', 'exec', {'flags': 0x1000}), ('def f(a, # type: int\n b # type: str\n):\n # type: (...) -> x\n pass\n', 'exec', {'flags': 0x1000}),
    ('# type: ignore[a]\nx # type: ignore\n', 'exec', {'flags': 0x1000}), ('def f(): # type: a\n # type: b\n pass', 'exec', {'flags': 0x1000}),
    ('def f(*, # type: int\n a): pass', 'exec', {'flags': 0x1000}),
] + [
    (source, 'exec', {'feature_version': version})
    for source, version in [
        ('x: int', 5), ('async def f(): pass', 4), ('a @ b', 4), ('1_0', 5), ('def f(a, /): pass', 7), ('(a := 1)', 7),
        ('match x:\n case 1: pass', 9), ('try: pass\nexcept* E: pass', 10), ('type X = int', 11), ('def f[T](): pass', 11),
        ('class C[T = int]: pass', 12), ('t""', 13), ('try: pass\nexcept A, B: pass', 13), ('"\\d"', 11),
    ]
]

WARNINGS = [r'"\d"', r'f"\d{x}\w"', r'b"\400"', r'f"{x:\q}"', r'"\é\q"', 'x = """a\n\\d"""', r'y = z "\d"', r'with ("\d") as x: pass']

UNPARSE = r'''
a.b.c(d, *e, f=g, **h)[i:j, ::k]
(a + b) * -c ** -d // e % f @ g - ~h << i >> j & k ^ l | m
not (a and b or c) and not d
(a if b else c) if (d if e else f) else lambda: g
lambda a, /, b=1, *c, d, e=2, **f: a
lambda *, a: lambda **b: 0
[a for b in c if d for e, f in g]
{a: b for c in d}
f(x for x in y)
a[b][c].d(e)(f)
{**a, 1: 2, **b}, {1, *c}, [*d], (), (e,)
f'a{b!r:>{c}}{{d}}"' "'"
f'{ {1: 2} }{(lambda: 1)}'
t'a{b!s:c{d}}e'
'\n\t\x00\xe9\u1234\U0001f600\ud800', "'", '"', b'\x00"', u'a'
1 .real, 1.0.real, 1e400, 1e16, 1e-5, 0.0001, 1j, 1e400j, -0.0
x[a, *b], ..., None
- -a ** (-b) ** c, (a ** b) ** c, (await_)(a)
a < (b < c) < d is not e
'''


def sources(text):
    return [part + '\n' for part in re.split(r'\n\n+', text.strip('\n'))]


def convert(node):
    if isinstance(node, list):
        return [convert(item) for item in node]
    if not isinstance(node, ast.AST):
        return node
    if not node._fields and not node._attributes and not isinstance(node, ast.arguments):
        return type(node).__name__
    result = {'_type': type(node).__name__}
    for field in node._fields:
        value = getattr(node, field)
        constant = (type(node).__name__, field) in (('Constant', 'value'), ('MatchSingleton', 'value'), ('Interpolation', 'str'))
        result[field] = convert_constant(value) if constant else convert(value)
    if node._attributes:
        result['at'] = [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset]
    return result


def convert_constant(value):
    kind = type(value).__name__
    if kind == 'str':
        return value if not re.search('[\ud800-\udfff]', value) else {'points': [ord(c) for c in value]}
    if kind == 'bytes':
        return {kind: list(value)}
    return {kind: str(value)} if kind != 'complex' else {kind: [str(value.real), str(value.imag)]}


def run(source, mode='exec', options=None):
    options = options or {}
    flags = ast.PyCF_ONLY_AST | options.get('flags', 0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('error' if options.get('werror') else 'always')
        try:
            tree = compile(source, '<golden>', mode, flags, True, _feature_version=options.get('feature_version', -1))
            result = {'tree': tree}
        except SyntaxError as e:
            result = {'error': [type(e).__name__, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset]}
        except (MemoryError, UnicodeDecodeError) as e:
            result = {'error': [type(e).__name__, str(e), None, None, None, None, None]}
    shown = [[w.category.__name__, str(w.message), w.lineno] for w in caught if 'escape' in str(w.message)]
    return result, shown


def mutate(rng, source):
    tokens = [m.span() for m in re.finditer(r'\w+|\s+|[^\w\s]', source)]
    (a, b), (c, d) = sorted(rng.sample(tokens, 2))
    extra = rng.choice('( ) [ ] { } : , = == := * ** . -> @ if else for in not lambda yield await def class as x 1 "s" f"{x}" ; ! < # \\'.split())
    return rng.choice([
        source[:a] + source[b:],
        source[:b] + source[a:],
        source[:a] + extra + ' ' + source[a:],
        source[:a] + extra + source[b:],
        source[:a] + source[c:d] + source[b:c] + source[a:b] + source[d:],
        source[:a] + '\n',
    ])


def main():
    trees, errors = [], []
    good = sources(GOOD)
    for source in good:
        result, _ = run(source)
        assert 'tree' in result, (source, result)
        trees.append({'source': source, 'mode': 'exec', 'options': {}, 'tree': convert(result['tree'])})
    wrong = [line + '\n' for line in BAD.strip('\n').split('\n')]
    wrong += [block.strip('\n') + '\n' for block in BAD_BLOCKS.split('----')]
    rng = random.Random(314)
    wrong += [mutate(rng, rng.choice(good)) for _ in range(2400)]
    cases = [(source, 'exec', {}) for source in wrong] + OPTIONS
    cases += [(source, 'exec', {'werror': True}) for source in WARNINGS] + [(source, 'exec', {}) for source in WARNINGS]
    seen = set()
    for source, mode, options in cases:
        key = (source, mode, str(options))
        if key in seen:
            continue
        seen.add(key)
        result, shown = run(source, mode, options)
        row = {'source': source, 'mode': mode, 'options': options}
        if shown and not options.get('werror'):
            row['warnings'] = shown
        if 'error' in result:
            errors.append({**row, 'error': result['error']})
        elif (source, mode, options) in OPTIONS or shown:
            trees.append({**row, 'tree': convert(result['tree'])})
    deep = []
    for prefix, unit, middle, close, suffix, counts in DEEP:
        for count in counts:
            result, _ = run(prefix + unit * count + middle + close * count + suffix)
            error = result.get('error')
            # The text quotes the whole line: not worth keeping.
            deep.append([prefix, unit, middle, close, suffix, count, error and error[:4] + error[5:]])
    unparsed = []
    for source in UNPARSE.strip('\n').split('\n'):
        namespace = {}
        exec(compile('x: (' + source + ')', '<golden>', 'exec', __future__.annotations.compiler_flag, True), namespace)
        unparsed.append([source, json.dumps(namespace['__annotations__']['x'])])
    version = 'CPython ' + sys.version.split()[0]
    write('trees', {'recorded': version, 'cases': trees})
    write('errors', {'recorded': version, 'cases': errors, 'deep': deep})
    write('unparsed', {'recorded': version, 'cases': unparsed})


def write(name, data):
    rows = {k: v if isinstance(v, str) else '\0' + k for k, v in data.items()}
    text = json.dumps(rows, indent=1)
    for k, v in data.items():
        if not isinstance(v, str):
            lines = ',\n'.join('  ' + json.dumps(row, separators=(',', ':')) for row in v)
            text = text.replace(json.dumps('\0' + k), '[\n' + lines + '\n ]')
    (HERE / (name + '.json')).write_text(text + '\n')


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    main()
