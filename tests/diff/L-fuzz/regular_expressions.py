"""Generated patterns on generated texts: what compiles, matches, groups, spans, what is split and replaced.

    regular_expressions.py [COUNT [SEED]]

scripts/fuzz.mjs runs many and compares with a native CPython.
"""
import random
import re
import sys
import warnings

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
warnings.simplefilter('ignore')
sys.stdout.reconfigure(line_buffering=True)

LETTERS = 'aabbcAB1_ \n-\xe9\xc9\u0131\u017f\u212a\u4e00\U0001f600'
ATOMS = [
    'a', 'b', 'c', 'ab', 'A', '.', '_', '1', '-', ' ', '\n', '\xe9', '\u0131', '\u017f', '\u4e00', '\U0001f600',
    '[ab]', '[^a]', '[a-c]', '[^a-c\n]', '[A-Z]', '[\xe0-\xff]', r'[\w-]', r'[^\W\d]', r'[\s\d]', '[]a]', '[^]a]',
    '[\u0400-\u9fff]', '[a\U0001f600]', r'[\b\n]',
    r'\w', r'\W', r'\d', r'\D', r'\s', r'\S', r'\b', r'\B', '^', '$', r'\A', r'\Z', r'\z', r'\x61', r'\u0062', r'\101', '(?#x)',
]
QUANTIFIERS = [''] * 12 + ['*', '+', '?', '*?', '+?', '??', '*+', '++', '?+', '{2}', '{1,2}', '{,2}', '{2,}',
                           '{0,2}?', '{1,3}+', '{0}']
GROUPS = ['('] * 6 + ['(?:'] * 6 + ['(?>', '(?=', '(?!', '(?<=', '(?<!', '(?P<n>', '(?i:', '(?-i:', '(?s:', '(?m-s:', '(?a:']
WRONG = ['{2,1}', '**', '(', ')', '[', '?', r'\9', '(?P=m)', '(?(7)a)', '(?L:a)', '(?z)', '(?<=a*)', r'\q', '[b-a]', '(?i']
FLAGS = [0] * 8 + [re.I, re.I, re.M, re.S, re.X, re.A, re.I | re.A, re.I | re.M, re.M | re.S]
TEMPLATES = ['<>', '<>', r'<\g<0>>', r'<\g<0>>', r'[\1]', r'\2\1', r'\g<n>', r'\n', r'\q', '']


# What cannot be repeated.
BARE = ['^', '$', r'\A', r'\Z', r'\z', r'\b', r'\B', '(?#x)']


class Maker:
    """Makes one pattern; references name groups that are closed, so that most patterns compile."""

    def __init__(self, rnd):
        self.rnd = rnd
        self.opened = 0
        self.closed = []
        self.named = False
        # How many unbounded repeats the place is in: a group's and within it one of a character at
        # most, or some patterns would take for ever.
        self.repeats = 0

    def alternatives(self, depth):
        return '|'.join(self.sequence(depth) for _ in range(self.rnd.choice((1, 1, 1, 2, 3))))

    def sequence(self, depth):
        return ''.join(self.item(depth) for _ in range(self.rnd.choice((0, 1, 1, 2, 2, 3))))

    def item(self, depth):
        rnd = self.rnd
        if depth < 3 and rnd.random() < 0.35:
            opening = rnd.choice(GROUPS)
            if opening == '(?P<n>':
                opening = '(' if self.named else opening
                self.named = True
            if opening.startswith('(?<'):
                return opening + rnd.choice(('a', '[ab]', r'\b', 'ab', r'\w.', '(?=b)', 'a|b', '^')) + ')'
            quantifier = self.quantifier(1)
            unbounded = quantifier[:1] in ('*', '+') or quantifier == '{2,}'
            self.repeats += unbounded
            number = 0
            if opening in ('(', '(?P<n>'):
                self.opened += 1
                number = self.opened
            text = opening + self.alternatives(depth + 1) + ')'
            self.repeats -= unbounded
            if number:
                self.closed.append(number)
            return text + quantifier
        if self.closed and rnd.random() < 0.2:
            number = rnd.choice(self.closed)
            text = rnd.choice((rf'\{number}(?:)', f'(?({number})a|b)', f'(?({number})b)', '(?P=n)' if self.named else 'c'))
        else:
            text = rnd.choice(ATOMS)
            if text in BARE:
                return text
        return text + self.quantifier(2)

    def quantifier(self, depth):
        return self.rnd.choice(QUANTIFIERS if self.repeats < depth else ('', '', '', '?', '??', '{1,2}'))


def make_pattern(rnd):
    pattern = Maker(rnd).alternatives(0) or rnd.choice(ATOMS)
    if rnd.random() < 0.05:
        pattern = rnd.choice(('(?i)', '(?m)', '(?s)', '(?x)', '(?a)', '(?u)', '(?ai)', '(?L)')) + pattern
    if rnd.random() < 0.03:
        at = rnd.randrange(len(pattern) + 1)
        pattern = pattern[:at] + rnd.choice(WRONG) + pattern[at:]
    return pattern


def show(match):
    return None if match is None else (match.regs, match.lastindex, match.lastgroup)


def attempt(function):
    try:
        return function()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


rnd = random.Random(SEED)
for number in range(COUNT):
    pattern = make_pattern(rnd)
    text = ''.join(rnd.choice(LETTERS) for _ in range(rnd.choice((0, 1, 3, 4, 6, 8))))
    flags = rnd.choice(FLAGS)
    if rnd.random() < 0.1:
        pattern, text = pattern.encode('latin-1', 'replace'), text.encode('latin-1', 'replace')
    template = rnd.choice(TEMPLATES)
    start = rnd.choice((0, 0, 0, 1, 5))
    print(number, ascii(pattern), int(flags), ascii(text), end=' ')
    try:
        compiled = re.compile(pattern, flags)
    except Exception as error:
        print(f'{type(error).__name__}: {error}')
        continue
    if isinstance(pattern, bytes):
        template = template.encode()
    print(compiled.groups, compiled.groupindex, int(compiled.flags), end=' ')
    print(show(compiled.match(text, start)), show(compiled.fullmatch(text)), show(compiled.search(text, start, 9)), end=' ')
    print([show(m) for m in compiled.finditer(text)], ascii(compiled.findall(text)), end=' ')
    print(ascii(compiled.split(text, 3)), ascii(attempt(lambda: compiled.subn(template, text))))
