# Searches in texts of some 25,000 characters: matches, groups, what is split and replaced.
import hashlib
import random
import re

random.seed(11)
words = ['GET', '/index.html', 'caf\xe9', '404', 'user=ada', '"quoted \\" text"', '\u0130stanbul', '10:05:17', 'a.b.c', '', '\t']
plain = '\n'.join(' '.join(random.choices(words, k=7)) for _ in range(500))
dna = ''.join(random.choices('acgt', k=25_000))
digits = '7' * 500 + 'x' + '12.5 ' * 5000
PATTERNS = [
    r'\w+', r'(\d+):(\d+)', r'"(?:[^"\\]|\\.)*"', r'(?m)^(\S+) (?P<second>\S*)', r'(?i)GET|USER=(\w+)', r'\b\w{3}\b',
    r'(?<=user=)\w+', r'(\w)\.\1?', r'(?s)a.*?c', r'(?a)\w+', r'(?i)i\w+', r'\s*$', r'[^\W\d_]+', r'(?=(\w))', r'x*', r'(?m)$',
    r'(\d+)\.(\d+)', r'(?P<q>["/])[^"/]*(?P=q)?', r'\Aw?', r'(?i)[k-\u212a]+', r'agg(?:t|c)+a', r'(?:a|c)(?:g|t)*?(a)',
]

for pattern in PATTERNS:
    compiled = re.compile(pattern)
    for text in (plain, dna, digits):
        seen = hashlib.md5()
        count = 0
        for m in compiled.finditer(text):
            seen.update(repr((m.span(), m.groups(), m.lastindex)).encode())
            count += 1
        seen.update(repr(compiled.findall(text)).encode())
        seen.update(repr(compiled.split(text, 500)).encode())
        seen.update(compiled.sub(r'<\g<0>>', text).encode())
        seen.update(repr([compiled.match(text, at) and compiled.match(text, at).regs for at in range(0, 2000, 37)]).encode())
        seen.update(repr([compiled.search(text, at, at + 50) and 1 for at in range(0, 2000, 37)]).encode())
        seen.update(repr(compiled.fullmatch(text)).encode())
        print(pattern, len(text), count, seen.hexdigest())
