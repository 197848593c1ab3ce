"""Records marshal data and .pyc facts of CPython, for marshal.test.ts.

    python3.14 tests/unit/compiler/marshal-record.py > tests/unit/compiler/marshal.golden.json

values: [tagged value, marshal data by version 0 to 5]. broken: [data, error or null]. hashes: [source, its hash].
code: a module's marshal data with some of its fields.
"""
import importlib.util
import json
import marshal
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(__file__))


def tag(value):
    if value is None or isinstance(value, bool):
        return value
    if value is ...:
        return ["..."]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, complex):
        return ["complex", repr(value.real), repr(value.imag)]
    if isinstance(value, str):
        return ["str", [ord(c) for c in value]] if any("\ud800" <= c <= "\udfff" for c in value) else value
    if isinstance(value, bytes):
        return ["bytes", list(value)]
    if isinstance(value, tuple):
        return ["tuple", [tag(item) for item in value]]
    if isinstance(value, frozenset):
        return ["frozenset", sorted((tag(item) for item in value), key=repr)]
    return ["slice", tag(value.start), tag(value.stop), tag(value.step)]


VALUES = [None, True, False, ..., 0, -1, 255, 2**31 - 1, -2**31, 2**31, -2**31 - 1, 2**45, 10**40, -10**40, 0.0, -0.0,
          1.5, 1e300, 1e-310, 0.1, 123456789.125, float("inf"), float("-inf"), 1e16, 1e17, 1e-5, 1j, -0.5 + 2.25j,
          "", "abc", "a b", "\xe9", "\u20ac\U0001d4b3", "\ud800x", "x" * 300, b"", b"a\x00\xff", (), (1, "a", (None,)),
          tuple(range(300)), frozenset(), frozenset({1}), slice(1, None, "x"), ("a", "a", "name", "name")]


def by_version(value):
    result = []
    for version in range(6):
        try:
            result.append(marshal.dumps(value, version).hex())
        except ValueError as error:
            result.append(f"ValueError: {error}")
    return result


def outcome(data):
    try:
        marshal.loads(data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def broken():
    choose = random.Random(7)
    samples = [marshal.dumps(value) for value in VALUES] + [marshal.dumps(tuple(VALUES[:-3]))]
    cases = {b"", b"?", b"r\0\0\0\0", b"0", b"(\1\0\0\0" * 2001 + b"N", b"\xa9\1r\0\0\0\0", b"l\1\0\0\0\0\0",
             b"l\2\0\0\0\1\0\xff\xff", b"f\3abc", b"f\3inf", b"u\2\0\0\0\xff\xff", b"u\2\0\0\0\xed\xa0", b":NN0", b"c",
             b"u\3\0\0\0\xed\xa0\x80", b"u\4\0\0\0\xf4\x90\x80\x80", b"s\xff\xff\xff\xff", b"(\xff\xff\xff\xff",
             b"z\5abc", b"\xe9\5\0\0", b"I\1\0\0\0\0\0\0\0", b"x\0011\0012", b"(\2\0\0\0N0"}
    while len(cases) < 300:
        data = bytearray(choose.choice(samples)[:60])
        if choose.random() < .4:
            del data[choose.randrange(len(data)):]
        else:
            data[choose.randrange(min(len(data), 12))] = choose.choice(b"NFT.iIlgysuaAzZ():r0\x00\x01\x7f\x80\xff")
        cases.add(bytes(data))
    results = [[data.hex(), outcome(data)] for data in sorted(cases)]
    return [case for case in results if not str(case[1]).startswith("MemoryError")]


SOURCE = '''"doc"
import a.b as c
def f(x, /, y, *z, k=1, **kw):
    try: return lambda: x + y
    except* E: pass
class K:
    attribute: int = {1, 2, "three"} | {None: ...}
'''
code = compile(SOURCE, "m.py", "exec", dont_inherit=True, optimize=0)
json.dump({
    "version": sys.version.split()[0],
    "magic": importlib.util.MAGIC_NUMBER.hex(),
    "values": [[tag(value), by_version(value)] for value in VALUES],
    "broken": broken(),
    "code": marshal.dumps(code).hex(),
    "hashes": [[bytes(range(n)).hex(), importlib.util.source_hash(bytes(range(n))).hex()] for n in (*range(18), 100)],
}, sys.stdout, separators=(",", ":"))
print()
