"""re: searching, splitting and substituting in a log, DNA and source text; many small matches."""
import random
import re

random.seed(5)
words = 'GET POST /index.html /a/b?c=d 200 404 Mozilla error: timeout user=ada'.split()
log = '\n'.join(
    f'{random.randrange(256)}.{random.randrange(256)}.0.1 - - [{i % 31 + 1:02}/Nov/2026:10:{i % 60:02}:00 +0000] '
    f'"{" ".join(random.choices(words, k=5))}" {random.randrange(10_000)}'
    for i in range(4000)
)
line = re.compile(r'^(?P<host>[\d.]+) \S+ \S+ \[(?P<when>[^\]]+)\] "(?P<what>[^"]*)" (?P<size>\d+)$', re.M)
total = 0
for _ in range(10):
    for m in line.finditer(log):
        total += int(m['size']) + len(m.group('host'))
    total += len(re.findall(r'\b(?:error|timeout)\b', log))
    total += len(re.sub(r'(\d+)\.(\d+)', r'\2.\1', log))
    total += len(re.sub(r'user=(\w+)', lambda m: m[1].upper(), log))
    total += len(re.split(r'[\s,;]+', log))
dna = ''.join(random.choices('acgt', k=400_000))
for pattern in ('agggtaaa|tttaccct', '[cgt]gggtaaa|tttaccc[acg]', 'a[act]ggtaaa|tttacc[agt]t', 'tHa[Nt]', 'aND|caN|Ha[DS]|WaS'):
    total += len(re.findall(pattern, dna, re.I))
token = re.compile(r'\s*(?:(\d+)|([A-Za-z_]\w*)|(==|<=|>=|[-+*/()=<>]))')
source = 'alpha = beta * (gamma + 12) - delta / 7 == x1 ' * 100
for _ in range(10):
    at = 0
    while (m := token.match(source, at)) is not None:
        total += m.lastindex
        at = m.end()
for i in range(80_000):
    if re.match(r'(\d+)-(\d+)$', f'{i}-{i + 1}'):
        total += 1
print(total)
