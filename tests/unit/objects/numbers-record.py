"""Records what CPython answers for expressions over numbers: numbers.golden.json.

    python3.14 numbers-record.py > numbers.golden.json

`exact` holds (expression, repr or error) pairs to be equal; `close` those whose floats may differ in the last digit,
since they come from the C library's transcendental functions. The expressions are those of numbers-cases.txt and
random ones from a fixed seed.
"""

import json
import math
import os
import random
import re
import sys
import warnings

import _bisect
import _heapq
import _operator
import _random
import _statistics
import _struct
import cmath

warnings.simplefilter("ignore")
NAMES = dict(struct=_struct, math=math, cmath=cmath, _struct=_struct, _random=_random, _operator=_operator,
             _bisect=_bisect, _heapq=_heapq, _statistics=_statistics)
R = random.Random(14)


def answer(expression):
    try:
        text = repr(eval(expression, dict(NAMES)))
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
    return re.sub("0x[0-9a-f]+>", "0x>", text)


def an_int():
    return repr(R.choice([
        lambda: R.randrange(-20, 20),
        lambda: R.randrange(-2**31, 2**31),
        lambda: R.choice([-1, 1]) * (2 ** R.choice([31, 32, 52, 53, 54, 62, 63, 64, 100]) + R.randrange(-2, 3)),
        lambda: R.randrange(-2**53, 2**53),
        lambda: R.choice([-1, 1]) * R.getrandbits(R.randrange(1, 200)),
        lambda: R.choice([0, 1, -1, True, False]),
    ])())


def a_float():
    return R.choice(["0.0", "-0.0", "1.0", "-2.5", "0.5", 'float("inf")', 'float("-inf")', 'float("nan")', "1e308",
                     "5e-324", "1e16", "123456.789", "0.1", "1e22", repr(R.uniform(-100, 100)),
                     repr(R.uniform(-1e20, 1e20)), repr(R.randrange(-1000, 1000) / 4)])


def number():
    return R.choice([an_int, a_float])()


def a_complex():
    return f"complex({a_float()},{a_float()})"


def spec(types):
    s = R.choice(["", "", "*<", "x>", "0=", "é^", "^"])
    s += R.choice(["", "", "+", " ", "-"]) + R.choice(["", "", "z", "#", "0"])
    s += R.choice(["", str(R.randrange(30))]) + R.choice(["", "", ",", "_"])
    if R.random() < 0.4:
        s += f".{R.randrange(25)}" + R.choice(["", "", ",", "_"])
    return s + R.choice(types)


def generate():
    exact, close = [], []
    for _ in range(45):
        a, b = number(), number()
        exact.append(f"({a}){R.choice(['+', '-', '*', '/', '//', '%', '<', '<=', '==', '!=', '>', '>='])}({b})")
        exact.append(f"divmod({a},{b})")
        exact.append(f"({an_int()}){R.choice(['&', '|', '^', '+', '-', '*'])}({an_int()})")
        exact.append(f"({an_int()}){R.choice(['<<', '>>'])}({R.randrange(-2, 100)})")
        exact.append(f"({an_int()})**({R.randrange(-5, 30)})")
        exact.append(f"pow({an_int()},{R.randrange(-30, 60)},{an_int()})")
        exact.append(f"round({number()},{R.randrange(-20, 20)})")
        exact.append(f"round({number()})")
        exact.append(f"format({an_int()},{spec('bcdoxXneEfFgG%')!r})")
        exact.append(f"format({a_float()},{spec('neEfFgG%') !r})")
        exact.append(f"format({a_float()},{spec(['']) !r})")
        exact.append(f"format({R.choice(['abc', '', 'é€'])!r},{spec('s')!r})")
        exact.append(f"format({a_complex()},{spec('neEfFgG')!r})")
        exact.append(f"({a_float()}).{R.choice(['hex', 'as_integer_ratio', 'is_integer', '__floor__', '__ceil__'])}()")
        n = R.randrange(12)
        exact.append(f"({an_int()}).to_bytes({n},{R.choice(['big', 'little'])!r},signed={R.random() < 0.5})")
        exact.append(f"int.from_bytes({R.randbytes(n)!r},{R.choice(['big', 'little'])!r},signed={R.random() < 0.5})")
        exact.append(f"({a_complex()}){R.choice(['+', '-', '*', '/', '=='])}({R.choice([number, a_complex])()})")
        exact.append(f"({number()}){R.choice(['+', '-', '*', '/', '!='])}({a_complex()})")
        exact.append(f"({a_complex()})**{R.randrange(-6, 7)}")
        exact.append(f"math.fma({a_float()},{a_float()},{a_float()})")
        exact.append(f"math.{R.choice(['gcd', 'lcm'])}({an_int()},{an_int()})")
        exact.append(f"math.{R.choice(['comb', 'perm'])}({R.randrange(-2, 200)},{R.randrange(-2, 70)})")
        exact.append(f"math.fsum([{','.join(number() for _ in range(R.randrange(8)))}])")
        k = R.randrange(5)
        p, q = [','.join(number() for _ in range(k)) for _ in "pq"]
        exact.append(f"math.sumprod([{p}],[{q}])")
        exact.append(f"math.hypot({','.join(a_float() for _ in range(R.randrange(5)))})")
        exact.append(f"math.ldexp({a_float()},{R.randrange(-1200, 1200)})")
        exact.append(f"math.{R.choice(['fmod', 'remainder', 'nextafter', 'copysign', 'isclose'])}({number()},{number()})")
        s = R.choice(["", "-", " +"]) + R.choice(["", "0x", "0b", "0o", "0"])
        s += "".join(R.choice("01234567_9aF") for _ in range(R.randrange(8)))
        exact.append(f"int({s!r},{R.choice([0, 2, 8, 10, 16, 36, 7])})")
        s = R.choice(["", "-", " +"]) + "".join(R.choice("0123_.9e-+") for _ in range(R.randrange(9)))
        exact.append(f"float({s!r})")
        exact.append(f"complex({s + R.choice(['', 'j'])!r})")
        f = R.choice("@=<>!") + "".join(R.choice("bBhHiIlLqQefd?cx") for _ in range(3))
        exact.append(f"_struct.unpack({f!r},{R.randbytes(_struct.calcsize(f))!r})")
        f = R.choice("@=<>!") + "".join(R.choice("bBhHiIlLqQ") for _ in range(2))
        exact.append(f"_struct.pack({f!r},{an_int()},{R.randrange(-200, 200)})")
        f = R.choice(["", "+", "#", "0", "-"]) + R.choice(["", "20"]) + R.choice(["", ".0", ".20"]) + R.choice("dioxeEfFgG")
        exact.append(f"'%{f}' % ({number()},)")
        close.append(f"({a_float()})**({number()})")
        close.append(f"({a_complex()})**({a_complex()})")
        names = "acos acosh asin asinh atan atanh cos cosh exp log log10 phase polar sin sinh sqrt tan tanh".split()
        close.append(f"cmath.{R.choice(names)}({a_complex()})")
        names = "acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 gamma lgamma log log10 log1p log2 sin sinh sqrt tan tanh"
        close.append(f"math.{R.choice(names.split())}({number()})")
        close.append(f"math.{R.choice(['atan2', 'pow'])}({number()},{number()})")
    return exact, close


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "numbers-cases.txt"), encoding="utf-8") as file:
    fixed = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
exact, close = generate()
close += [e for e in fixed if "math." in e]
exact = [e for e in fixed if "math." not in e] + exact
pairs = lambda expressions: [[e, answer(e)] for e in dict.fromkeys(expressions)]
json.dump({"version": sys.version.split()[0], "exact": pairs(exact), "close": pairs(close)}, sys.stdout,
          ensure_ascii=True, indent=0)
print()
