"""Records what CPython's tokenizer makes of small sources, for tokenizer.test.ts.

    python3.14 tests/unit/parser/tokenizer-record.py > tests/unit/parser/tokenizer.golden.json

For each source: the items of _tokenize.TokenizerIter with and without extra_tokens (an error is the last item), and
the SyntaxError of compile() where the tokenizer raises it, and the warnings about numbers.
"""
import _tokenize
import io
import json
import re
import sys
import warnings

SOURCES = """
x = 1
x
if x:\\n    a\\n\\n  # c\\n    b\\nc\\n
if x:\\n    a\\n  b\\n
if x:\\n    a\\n\\tb\\n
if x:\\n\\ta\\n        b\\n
def f():\\n  x\\n\\\\\\n  y\\n
  \\\\\\n x
\\f\\n x\\n
x = \\\\
x = \\\\\\n
a \\\\ b\\n
é\\\\ 1\\n
(1,\\n2 \\\\ 1\\n
x \\\\\\n y + (\\n
x = '''a\\nb''' (\\n
x = (1,\\r\\n2)\\r\\n
x\\\\\\r\\ny\\r\\n
# c
  # c\\n
if 1:\\n  # c\\n  x # c\\n
'''é\\nx''' + é # é\\n
'abc
'''abc\\n\\n
'abc\\\\'
'a\\\\\\nb' "c" b'd' rb'\\\\' U'e'
ub''
uR''
bf''
x = 'é' bt''
tf'x'
1if 2 else 3
1_
1_000.5e-1_0j + 0xF_f + 0b1_0 + 0o17 + 00 + .5 + 5. + 1e5J
0x
0b12
0o8
1__0
1e+
1ex
0_7
'é' + 012
08.5 08e1 08j
1andy
1jx
1._5
0xfor x in y
1 if 1else 2
(1,\\n 1or 2)
+= -= *= /= //= %= @= &= |= ^= >>= <<= **= -> := == != <= >= << >> ** // ... . ~ ; , < > ! <>
$?`
a\\x01
x\\xa0y
€
a€b
ﬁ = é𝒜ª
x=1\\n\\ufeff
(]
(\\n]
}
(a
[(\\n[(\\n}
f'abc
f'''abc\\n
f'{x
f'{x'
f'{(}'
f'{]}'
f'{)'
f'}'
f'{x:{y:{z:{w}}}}'
f'{a!r:{b!r:{c!r:{d}}}}'
f'{a:\\n}'
f'''{\\nx\\n:é\\n}é''' + 1\\n
f'''{\\n}'''
f'a{{é}}b{x}'
f'{x = !r:>{w}}' f"{'a' 'b'}"
rf'\\\\{x}' f'\\\\N{BULLET}{y:%H:%M}' f'\\\\{x}'
f'{x:{{y}}}'
f'{lambda x: 1}'
f'{a["b"]:=^10}{f"{f"{1}"}"}'
t'{x} {y=}' T"a" tR'{z!s}'
t'}'
t'{x
f'{x!}' f'{!r}'
f'{{{x}}}'
f'{'''\\n
a\\x00b\\n
""".strip('\n').split('\n')

SOURCES = [s.encode('latin-1', 'backslashreplace').decode('unicode_escape') for s in SOURCES]
SOURCES += ['', '\n']
# Beyond the limits: only the error is of interest.
BIG = ['('*201, "f'" + "{f'"*160, ''.join(' '*i + 'if x:\n' for i in range(101))]

LEXICAL = re.compile(
    r"unterminated|[ft]-string: (expecting '}'$|single|unmatched|expressions nested|newlines)|unmatched|unindent"
    r"|invalid (decimal|hexadecimal|octal|binary|imaginary|digit|character|non-printable)|leading zeros|closing paren"
    r"|'.' was never closed|unexpected (character|EOF)|inconsistent|too many (nested|levels)|'.' and '.' prefixes"
)


def fields(e):
    return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]


def items(source, extra_tokens):
    readline = io.StringIO(source, newline='\n').readline
    result = []
    try:
        for type, string, start, end, line in _tokenize.TokenizerIter(readline, extra_tokens=extra_tokens):
            result.append([type, string, *start, *end, line])
    except SyntaxError as e:
        result.append(fields(e))
    return result


def compiled(source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            compile(source, '<test>', 'exec')
            error = None
        except SyntaxError as e:
            error = fields(e) if LEXICAL.match(e.msg) else 'parser'
    return error, [[str(w.message), w.lineno] for w in caught if 'literal' in str(w.message)]


cases = []
for source in SOURCES + BIG:
    error, warned = compiled(source)
    extra, plain = items(source, True), items(source, False)
    if source in BIG:
        extra, plain = extra[-1:], plain[-1:]
    cases.append({'source': source, 'extra': extra, 'plain': plain, 'error': error, 'warnings': warned})
print('{"version": "%d.%d.%d", "cases": [' % sys.version_info[:3])
print(',\n'.join(json.dumps(case, ensure_ascii=False) for case in cases))
print(']}')
