"""Records what CPython's flow graph makes of instruction sequences, for flowgraph.test.ts.

    python3.14 tests/unit/compiler/flowgraph-record.py > tests/unit/compiler/flowgraph.golden.json

folds: [opcode, oparg, operands, result or null] of constant operations. units: sources whose module-level code
generator output goes in and whose code object comes out; with it, for each nested function, the output of
optimize_cfg on its sequence (its constants are replaced by strings, as CPython does not show them).
assemblies: instructions that assemble_code_object takes as they are.
With the argument `all`, every pair of constants is recorded instead of a sample.
"""
import _testinternalcapi
import ast
import json
import opcode
import random
import sys
import types
import warnings

OP = opcode.opmap
VALUES = [None, ..., True, False, 0, 1, -1, 2, 3, 7, -8, 10, 255, 256, 257, 2**31, 2**53 + 1, 2**64, -2**64, 10**30,
          10**400, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0, 3.0, -7.25, 1e308, 1e-308, 5e-324, 0.1, float("inf"),
          float("-inf"), float("nan"), 1j, -1j, 0j, 1 + 2j, -3.5 - 0j, complex(float("inf"), 1), complex(-0.0, 2.0),
          1e200j, "", "a", "abc", "\u20ac\U0001d4b3x", "\ud800", b"", b"ab\x00", (), (1,), (1, "x", (2.5, None)),
          slice(1, None), slice(None, None, -1), slice(0, 2, None), slice("a", 1), slice(True, False)]
SOURCES = r'''
x = [1, 2, 3]; y = {1, 2, 3}; z = (1, 2, 3); e = [1, 2]
---
for i in [1, 2]: pass
for i in {1, 2}: pass
for i in [x, 2]: print(i)
---
def f(a):
    if not a in {1, 1.0, True, 'a'}: return [a, a]
    return a is not None and not a
---
def f(a, b):
    while a:
        if b: continue
        if a is None: break
        try:
            g(a)
        except (E, F) as e:
            return
        except G: pass
        finally:
            h()
    else:
        return 1
---
def f(a, b):
    try:
        while x():
            if a: b()
            if b < 3: d()
    except E: pass
---
def f():
    with a as b, c: d()
    async def g():
        async with a as b: await c
        async for x in y: yield x
        print([z async for z in y])
---
def f(x):
    match x:
        case [a, b, *c] if a: return a
        case {'k': v, **rest}: return v
        case C(1, p=q) | D(q): return q
        case (1 | 2) as n, {}: return n
---
def f(a, b, c):
    a, b = b, a
    a, b, c = c, b, a
    (a, b), c = c
    a, = b,
    a, a = b, c; return c
---
def f(a):
    if a: x = 1
    print(x)
    del x
    try: print(x)
    except: print(x)
    [x for x in a if x]
---
def f(self, m):
    m(self, self.a, self.b.c(m)); m = self
    for k in m: yield k
    yield from m
    self.x = m
---
def f(x):
    return x if x else x and x or not x
---
def f(m, n):
    a(m); from n import q; b(q)
    match m:
        case (n.A, 0): return
---
def f(a, b, *c, d=1, **e):
    def g(): return a, d, h
    h = lambda: e
    class K(b):
        nonlocal h
        z: int = h
        def m(self): return super().m(__class__)
    return g
---
assert x, y
if 0: a
elif 1: b
while 1: c
while None: d
---
x = 1 + 2 * 3; y = -1; z = not 1; w = 'a' * 3; s = 'abc'[1]; t = (1, 2)[0]; u = 'abc'[1:]; v = ~5; i = +True; k = 1 if 2 else 3
---
x = "a" "b"; f"{x}{1}{y!r:>{z}}"; (1, 2, 3)[x]; 300; -300; 1 << 200; 'a' * 5000; 1 / 0; (1,) * 300
---
def f():
    for i in [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33]: pass
    for i in (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,x): pass
    x in {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33}
    return (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33)
---
import a.b.c as d, e
from f import g, h
try: a
except* B as b: c
finally: d
'''.strip("\n").split("\n---\n")
# Jumps and line numbers that need EXTENDED_ARG and long location entries.
SOURCES.append("for i in x:\n" + "".join(f" if i: a{n}(i, {n + 300})\n" for n in range(40)) + "\n" * 70 + " b")
SOURCES.append("x = " + "(\n" * 90 + " " * 200 + "y.z" + ")" * 90)
SOURCES.append("def f(c):\n if c:\n" + "".join(f"  v{n} = {n}\n" for n in range(70)) + " return v1, v66, v69")


def tag(value):
    if value is None or isinstance(value, bool):
        return value
    if value is ...:
        return ["..."]
    if isinstance(value, types.CodeType):
        return ["code", value.co_name, value.co_firstlineno]
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
    if isinstance(value, slice):
        return ["slice", tag(value.start), tag(value.stop), tag(value.step)]
    raise TypeError(value)


def fold(op, oparg, operands):
    sequence = _testinternalcapi.new_instruction_sequence()
    # Names keep the operands in co_consts; each is loaded as it stands.
    for index, _ in enumerate(operands):
        sequence.addop(OP["LOAD_CONST"], index, 1, 1, 0, 0)
    sequence.addop(op, oparg, 1, 1, 0, 0)
    sequence.addop(OP["RETURN_VALUE"], 0, 1, 1, 0, 0)
    consts = list(operands)
    result = list(_testinternalcapi.optimize_cfg(sequence, consts, 0).get_instructions())
    if len(result) != 2:
        return [op, oparg, [tag(o) for o in operands]]
    load = result[0]
    value = load[1] if load[0] == OP["LOAD_SMALL_INT"] else consts[load[1]]
    return [op, oparg, [tag(o) for o in operands], tag(value)]


def folds():
    cases = []
    for value in VALUES:
        for name, oparg in (("UNARY_NEGATIVE", 0), ("UNARY_INVERT", 0), ("UNARY_NOT", 0), ("CALL_INTRINSIC_1", 5)):
            cases.append((OP[name], oparg, [value]))
    pairs = [(OP["BINARY_OP"], oparg, [left, right])
             for oparg in (*range(13), 26) for left in VALUES for right in VALUES]
    if sys.argv[1:] != ["all"]:
        pairs = random.Random(3).sample(pairs, 3000)
        # Sines and cosines of C libraries differ in the last bit.
        pairs = [p for p in pairs if p[1] != 8 or not any(isinstance(value, complex) for value in p[2])]
    results = [fold(*case) for case in cases + pairs]
    # Of what cannot be folded a few will do.
    return [r for n, r in enumerate(results) if len(r) == 4 or n % 20 == 0 or sys.argv[1:] == ["all"]]


def instructions(sequence):
    return [[op, oparg or 0, *location] for op, oparg, *location in sequence.get_instructions()]


def nested(sequence, into):
    for inner in sequence.get_nested():
        before = instructions(inner)
        count = max([oparg for op, oparg, *_ in before if op == OP["LOAD_CONST"]], default=-1) + 1
        consts = [f"c{n}" for n in range(count)]
        nlocals = max([oparg for op, oparg, *_ in before if op in opcode.haslocal], default=-1) + 1
        after = instructions(_testinternalcapi.optimize_cfg(inner, consts, nlocals))
        into.append({"before": before, "nconsts": count, "nlocals": nlocals, "after": after,
                     "consts": [tag(c) for c in consts]})
        nested(inner, into)
    return into


def unit(source):
    code = compile(source, "f.py", "exec", dont_inherit=True, optimize=0)
    sequence, metadata = _testinternalcapi.compiler_codegen(ast.parse(source), "f.py", 0)
    return {"source": source, "before": instructions(sequence), "consts": [tag(c) for c in metadata["consts"]],
            "names": code.co_names, "varnames": code.co_varnames, "cellvars": code.co_cellvars,
            "flags": code.co_flags, "stacksize": code.co_stacksize, "code": code.co_code.hex(),
            "linetable": code.co_linetable.hex(), "exceptiontable": code.co_exceptiontable.hex(),
            "finalConsts": [tag(c) for c in code.co_consts], "nested": nested(sequence, [])}


def assembled(metadata, *instructions):
    """What assemble_code_object makes of instructions; a string is a label, alone or as an oparg."""
    names = ("names", "varnames", "cellvars", "freevars", "fasthidden")
    full = {"name": "f", "qualname": "g.f", "consts": {}, **{key: {} for key in names}, "argcount": 0,
            "posonlyargcount": 0, "kwonlyargcount": 0, "firstlineno": 1, **metadata}
    sequence = _testinternalcapi.new_instruction_sequence()
    labels = {}
    for item in instructions:
        if isinstance(item, str):
            labels[item] = sequence.new_label()
    for item in instructions:
        if isinstance(item, str):
            sequence.use_label(labels[item])
        else:
            name, oparg, *location = item
            location += [-1] * (4 - len(location))
            sequence.addop(OP[name], labels.get(oparg, oparg) or 0, *location)
    before = instructions_with_labels(instructions)
    code = _testinternalcapi.assemble_code_object("f.py", sequence, full)
    return {"metadata": {**full, "fasthidden": list(full["fasthidden"]), "consts": [tag(c) for c in full["consts"]],
                         **{key: list(full[key]) for key in names}},
            "before": before, "code": code.co_code.hex(), "linetable": code.co_linetable.hex(),
            "exceptiontable": code.co_exceptiontable.hex(), "stacksize": code.co_stacksize,
            "argcount": code.co_argcount, "varnames": code.co_varnames, "cellvars": code.co_cellvars,
            "freevars": code.co_freevars}


def instructions_with_labels(items):
    result = []
    for item in items:
        if isinstance(item, str):
            result.append(item)
        else:
            name, oparg, *location = item
            result.append([OP[name], oparg or 0, *location, *[-1] * (4 - len(location))])
    return result


def assemblies():
    return [
        assembled({"varnames": {"x": 0, "y": 1}, "argcount": 2, "consts": {2: 0}},
                  ("RESUME", 0), ("LOAD_FAST", 0, 1, 1, 0, 1), ("LOAD_FAST", 1, 1, 1, 2, 3),
                  ("BINARY_OP", 0, 1, 1, 0, 3), ("LOAD_CONST", 0, 1), ("BINARY_OP", 11, 2, 4, 1, 2),
                  ("RETURN_VALUE", None, 3, 3, 100, 130)),
        assembled({"varnames": {"x": 0, "y": 1, "h": 2}, "fasthidden": {"h": True}, "cellvars": {"x": 0, "c": 1},
                   "freevars": {"z": 2}, "posonlyargcount": 1, "argcount": 1},
                  ("RESUME", 0, 1), ("LOAD_CLOSURE", 0, 2), ("LOAD_CLOSURE", 1, 2), ("LOAD_DEREF", 2, 900),
                  ("BUILD_TUPLE", 3, 1), ("STORE_FAST_MAYBE_NULL", 2, 1), ("LOAD_FAST_AND_CLEAR", 2, -2, -2, -2, -2),
                  ("RETURN_VALUE", None, 5, 6, -1, -1)),
        assembled({"names": {"E": 0}, "consts": {0: 0}},
                  ("RESUME", 0, 0), ("SETUP_FINALLY", "outer"), ("LOAD_CONST", 0, 1), ("SETUP_FINALLY", "inner"),
                  ("LOAD_GLOBAL", 0, 2), ("RAISE_VARARGS", 1, 2), "inner", ("SETUP_CLEANUP", "cleanup"),
                  ("PUSH_EXC_INFO", None, 3), ("LOAD_NAME", 0, 3), ("CHECK_EXC_MATCH", None, 3),
                  ("POP_JUMP_IF_FALSE", "no", 3), ("POP_TOP", None, 4), ("POP_BLOCK", None, 4),
                  ("POP_EXCEPT", None, 4), ("POP_TOP", None, 4), ("POP_BLOCK", None), ("LOAD_CONST", 0, 4),
                  ("RETURN_VALUE", None, 4), "no", ("RERAISE", 0, 5), "cleanup", ("COPY", 3), ("POP_EXCEPT", None),
                  ("RERAISE", 1), "outer", ("PUSH_EXC_INFO", None), ("POP_EXCEPT", None), ("LOAD_CONST", 0, 7),
                  ("RETURN_VALUE", None, 7)),
        assembled({"consts": {None: 0}},
                  ("RESUME", 0), "top", *[("NOP", None, n // 9) for n in range(300)], ("LOAD_CONST", 0, 400),
                  ("POP_JUMP_IF_NONE", "top", 401), *[("PUSH_NULL", None, 500 + n) for n in range(5)],
                  *[("POP_TOP", None, 600 - n) for n in range(5)], ("JUMP", "end"), ("NOP", None, 700), "end",
                  ("LOAD_CONST", 70000, 1), ("RETURN_VALUE", None, 1)),
    ]


warnings.simplefilter("ignore")
json.dump({"version": sys.version.split()[0], "folds": folds(), "units": [unit(source) for source in SOURCES],
           "assemblies": assemblies()},
          sys.stdout, separators=(",", ":"))
print()
