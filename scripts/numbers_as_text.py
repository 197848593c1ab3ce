# Numbers as the text of generated tables (scripts/generate-cjk.py, scripts/generate-unicode.py): base 46, most significant
# digit first; the last digit uses the first half of the alphabet. src/objects/unicode_data/decode.ts reads them.

ALPHABET = [chr(c) for c in range(32, 127) if chr(c) not in "'\\`"]
HALF = 46
assert len(ALPHABET) == 2 * HALF

def varint(n):
    s = ALPHABET[n % HALF]
    n //= HALF
    while n:
        s = ALPHABET[HALF + n % HALF] + s
        n //= HALF
    return s

def varints(ns):
    return ''.join(map(varint, ns))

def zigzag(n):
    return n * 2 if n >= 0 else -n * 2 - 1
