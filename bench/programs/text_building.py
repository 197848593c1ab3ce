"""Strings built and formatted: f-strings, %, format(), join, split, replace, case, padding."""


def table(rows):
    lines = []
    for i in range(rows):
        name = 'item-' + str(i)
        price = (i * 37 % 1000) / 8
        lines.append(f'{name:<12}|{i:>6d}|{price:>10.2f}|{i * i:,}|{i:#06x}|{name!r}')
        lines.append('%-12s|%6d|%10.2f|%s|%04x' % (name, i, price, i * i, i))
        lines.append('{:<12}|{:>6}|{:10.3f}|{}'.format(name.upper(), i, price, name.title()))
    return '\n'.join(lines)


def words(text):
    out = []
    for line in text.split('\n'):
        parts = line.strip().replace('-', ' ').split('|')
        out.append(' '.join(p.strip().capitalize() for p in parts if p and not p.isspace()))
    return out


def caesar(text, shift):
    result = ''
    for ch in text:
        if 'a' <= ch <= 'z':
            result += chr((ord(ch) - 97 + shift) % 26 + 97)
        elif ch.isdigit():
            result += str((int(ch) + shift) % 10)
        else:
            result += ch
    return result


def run(n):
    text = table(n)
    lines = words(text)
    starts = sum(line.startswith('Item 1') + line.endswith('0') + line.count('7') for line in lines)
    coded = caesar(text[:n * 8], 3)
    back = caesar(coded, -3)
    swapped = coded.translate(str.maketrans('abcdef0123', 'fedcba3210'))
    return len(text), starts, coded[-40:], back == text[:n * 8], swapped.find('fed'), sum(map(ord, swapped)) % 65521


print(run(50_000))
