# Records CPython's tables of East Asian encodings as src/modules/cjkcodecs/tables.generated.ts.
# Run with CPython 3.14 (last recorded with 3.14.10):
#
#     python3.14 scripts/generate-cjk.py
#
# Everything is asked of the running interpreter's codecs. A table lists what each sequence of two bytes (or three, the
# first 0x8F) stands for, in the order of the sequences, as differences to another codec's table where one is named.

import os, sys

from numbers_as_text import varint, zigzag

assert sys.version_info[:2] == (3, 14)
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'src', 'modules', 'cjkcodecs', 'tables.generated.ts')

# codec: the codec whose table it is told as differences of
CODECS = {
    'euc_jp': None, 'shift_jis': 'euc_jp', 'cp932': 'shift_jis', 'euc_jis_2004': 'euc_jp', 'euc_jisx0213': 'euc_jis_2004',
    'shift_jis_2004': 'euc_jis_2004', 'shift_jisx0213': 'shift_jis_2004', 'euc_kr': None, 'cp949': 'euc_kr', 'johab': None,
    'gb2312': None, 'gbk': 'gb2312', 'gb18030': 'gbk', 'big5': None, 'cp950': 'big5', 'big5hkscs': 'big5',
}

def decode(codec, data):
    try:
        return data.decode(codec)
    except UnicodeDecodeError as e:
        return None

def reason(codec, data):
    try:
        data.decode(codec)
    except UnicodeDecodeError as e:
        return e.reason
    return None

def sjis_of(plane, row, cell):
    """The bytes of JIS row and cell (from 1) in Shift JIS, or None."""
    if plane == 2:
        rows = [1, 8, 3, 4, 5, 12, 13, 14, 15] + list(range(78, 95))
        if row not in rows:
            return None
        i = rows.index(row)
        lead, odd = 0xf0 + i // 2, i % 2 == 0
    else:
        lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xc1)
        odd = row % 2 == 1
    trail = cell + (0x3f if cell <= 63 else 0x40) if odd else cell + 0x9e
    return lead << 8 | trail

def based_on(codec, base, tables):
    """The table that the base gives for this codec."""
    t = tables[base]
    if codec.startswith('shift') and base.startswith('euc'):
        out = {}
        for key, text in t.items():
            plane = 2 if key > 0xffff else 1
            row, cell = (key >> 8 & 0x7f) - 0x20, (key & 0x7f) - 0x20
            if (key & 0xffff) < 0x8eff:
                continue
            s = sjis_of(plane, row, cell)
            if s is not None and not (plane == 2 and codec == 'shift_jis'):
                out[s] = text
        return out
    return dict(t)

tables, rows = {}, []
total = 0
for codec, base in CODECS.items():
    leads = [b for b in range(256) if reason(codec, bytes([b])) == 'incomplete multibyte sequence']
    singles = {b: decode(codec, bytes([b])) for b in range(256)}
    table = {}
    for a in leads:
        for b in range(256):
            text = decode(codec, bytes([a, b]))
            if text is not None:
                table[a << 8 | b] = text
    three = 0x8f in leads and codec.startswith('euc_j')
    if three:
        for a in range(0xa1, 0xff):
            for b in range(0xa1, 0xff):
                text = decode(codec, bytes([0x8f, a, b]))
                if text is not None:
                    table[0x8f0000 | a << 8 | b] = text
    tables[codec] = table
    start = based_on(codec, base, tables) if base else {}
    # Entries: step to the next key, then difference of the code point to the last one; 0 0: none here.
    out, last_key, last_cp, pairs = [], 0, 0, []
    for key in sorted(set(table) | set(start)):
        text, old = table.get(key), start.get(key)
        if text == old:
            continue
        if text is not None and len(text) > 1:
            pairs.append((key, text))
            continue
        out.append(varint(key - last_key))
        last_key = key
        if text is None:
            out.append(varint(0))
        else:
            cp = ord(text)
            out.append(varint(zigzag(cp - last_cp) + 1))
            last_cp = cp
    # What is encoded otherwise than the table read backwards (the least key wins).
    back = {}
    for key in sorted(table, reverse=True):
        back[table[key]] = key
    for b, text in singles.items():
        if text is not None:
            back[text] = b
    special = []
    for cp in list(range(0x80, 0xd800)) + list(range(0xe000, 0x30000)):
        try:
            data = chr(cp).encode(codec)
        except UnicodeEncodeError:
            data = None
        if data is not None and len(data) > 3:
            continue
        key = int.from_bytes(data) if data is not None else -1
        if back.get(chr(cp), -1) != key:
            special.append((cp, key))
    single = ''.join(f'{b:02x}{ord(t):04x}' for b, t in singles.items() if t is not None and not (b < 0x80 and ord(t) == b))
    missing = ''.join(f'{b:02x}' for b, t in singles.items() if t is None and b < 0x80)
    enc = ''.join(varint(a) + varint(b + 1) for a, b in special)
    lead_bits = ''.join(f'{sum(1 << i for i in range(8) if 8 * k + i in leads):02x}' for k in range(32))
    rows.append(f"  {codec}: {{\n    base: {repr(base) if base else 'null'},\n    leads: '{lead_bits}',\n    singles: '{single}',\n"
                f"    three: {'true' if three else 'false'},\n    entries:\n      '{''.join(out)}',\n"
                f"    pairs: [{', '.join(f'[{k}, {ascii(t)[1:-1]!r}]'.replace(chr(92)*2, chr(92)) for k, t in pairs)}],\n    special:\n      '{enc}',\n  }},")
    assert not missing or codec == 'johab', (codec, missing)
    total += len(''.join(out)) + len(enc)
    print(codec, len(table), len(''.join(out)), len(special), len(pairs), single[:60], missing, file=sys.stderr)

# GB 18030's sequences of four bytes: runs of code points by linear number.
runs, at, cp0 = [], None, None
linear = 0
for a in range(0x81, 0x85):
    for b in range(0x30, 0x3a):
        for c in range(0x81, 0xff):
            for d in range(0x30, 0x3a):
                text = decode('gb18030', bytes([a, b, c, d]))
                cp = ord(text) if text is not None else None
                if cp is not None:
                    if runs and runs[-1][0] + runs[-1][2] == linear and runs[-1][1] + runs[-1][2] == cp:
                        runs[-1][2] += 1
                    else:
                        runs.append([linear, cp, 1])
                linear += 1
with open(OUT, 'w') as f:
    f.write('// Tables of East Asian encodings.\n// Generated by scripts/generate-cjk.py from CPython 3.14.10. Do not edit.\n\n')
    f.write('export interface CodecTable {\n  /** The codec that `entries` are told as differences of. */\n  readonly base: string | null;\n'
            '  /** Bytes that others must follow, a bit each. */\n  readonly leads: string;\n'
            '  /** Single bytes that are not ASCII: two digits of the byte, four of the code point. */\n  readonly singles: string;\n'
            '  /** 0x8F begins sequences of three bytes. */\n  readonly three: boolean;\n'
            '  /** Steps between keys, and differences between code points. */\n  readonly entries: string;\n'
            '  /** Sequences that stand for two characters. */\n  readonly pairs: readonly (readonly [number, string])[];\n'
            '  /** Code points that are encoded otherwise than `entries` say: the code point, and the key plus one (0: none). */\n'
            '  readonly special: string;\n}\n\n')
    f.write('/** A function, so that only programs that use them pay for them. */\nexport function codec_tables(): Readonly<Record<string, CodecTable>> {\n  return {\n' + '\n'.join(rows) + '\n  };\n}\n\n')
    f.write('/** GB 18030, four bytes: linear number, code point, length of each run. */\nexport function gb18030_runs(): readonly number[] {\n  return [\n')
    for r in runs:
        f.write(f'  {r[0]}, {r[1]}, {r[2]},\n')
    f.write('  ];\n}\n')
print(total, len(runs), file=sys.stderr)
