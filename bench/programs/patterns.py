"""Regular expressions: searching, splitting, substituting, groups, look-around, backtracking."""
import re


def make_log(lines):
    out = []
    seed = 5
    for i in range(lines):
        seed = (seed * 16807) % 2147483647
        host = f'{seed % 223}.{seed // 7 % 256}.{seed // 11 % 256}.{seed // 13 % 256}'
        path = '/'.join(['', 'static', f'p{seed % 97}', f'file{seed % 13}.html'][: 2 + seed % 3])
        out.append(
            f'{host} - user{seed % 31}@example{seed % 5}.org [{seed % 28 + 1:02}/Oct/2025:{seed % 24:02}:00:00] '
            f'"GET {path}?id={seed % 1000}&x={i} HTTP/1.1" {200 + seed % 4 * 100} {seed % 5000}'
        )
    return '\n'.join(out)


def run(n):
    text = make_log(n)
    line = re.compile(r'^(\S+) - (\S+) \[([^\]]+)\] "(\w+) ([^ "]+)[^"]*" (\d{3}) (\d+)$', re.MULTILINE)
    total = hits = 0
    for m in line.finditer(text):
        hits += 1
        total += int(m.group(7)) + len(m[2]) + m.start(6)
    mails = re.findall(r'[\w.]+@[\w.]+\.(?:org|com)', text)
    ids = re.findall(r'(?<=id=)\d+(?=&)', text)
    short = re.sub(r'(\d+)\.(\d+)\.(\d+)\.(\d+)', lambda m: m[1] + '.' + str(int(m[4]) % 7), text)
    dashed = re.sub(r'[/:]+', '-', text)
    words = re.split(r'[^A-Za-z]+', text)
    errors = len(re.findall(r'(?i)"get .*?" (?:4|5)\d\d', text))
    nested = [bool(re.fullmatch(r'(?:(?:a|b|ab)*c)?(?:a+b+)*', 'ab' * k + 'aab')) for k in range(12)]
    return hits, total, len(mails), sum(map(int, ids)), len(short), len(dashed), len(words), errors, sum(nested)


print(run(34_000))
