"""Decimals with random operands: results, flags and exceptions of every operation."""
import decimal, random, sys
from decimal import *
rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
def num():
    k = rng.random()
    if k < 0.08: return rng.choice(['0', '-0', '1', '-1', '10', 'Infinity', '-Infinity', 'NaN', 'sNaN', 'NaN123', '-sNaN45', '0E+5', '-0E-7', '1E+3', '1E-3', '0.5', '1.5', '2.5', '-0.5', '9.99', '1.00', '5E-1'])
    n = rng.choice([1, 2, 3, 5, 9, 12, 20, 30])
    digits = ''.join(rng.choice('0123456789' if rng.random() < 0.8 else '0059') for _ in range(n))
    e = rng.choice([0, 0, 0, -1, -2, -5, -n, -n + 1, 1, 3, 10, -10, 25, -30, 90, -90])
    return rng.choice(['', '-']) + digits + ('E%d' % e if e or rng.random() < .3 else '')
roundings = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
unary = ['abs', 'exp', 'ln', 'log10', 'minus', 'next_minus', 'next_plus', 'normalize', 'plus', 'to_integral', 'to_integral_exact', 'to_integral_value', 'sqrt', 'logb', 'logical_invert', 'number_class', 'to_sci_string', 'to_eng_string', 'is_normal', 'is_subnormal', 'copy_abs', 'create_decimal', '_apply']
binary = ['add', 'compare', 'compare_signal', 'divide', 'divide_int', 'divmod', 'max', 'max_mag', 'min', 'min_mag', 'multiply', 'next_toward', 'quantize', 'remainder', 'remainder_near', 'subtract', 'power', 'compare_total', 'compare_total_mag', 'copy_sign', 'logical_and', 'logical_or', 'logical_xor', 'rotate', 'same_quantum', 'scaleb', 'shift']
h = 0
def out(*a):
    print(*a)
N = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
for i in range(N):
    c = Context(prec=rng.choice([1, 2, 3, 5, 9, 16, 28]), rounding=rng.choice(roundings), Emin=rng.choice([-5, -50, -999999, -99]), Emax=rng.choice([5, 50, 999999, 99]), capitals=rng.choice([0, 1]), clamp=rng.choice([0, 0, 0, 1]), flags=[], traps=[] if rng.random() < .8 else [InvalidOperation, DivisionByZero, Overflow])
    r = rng.random()
    name = rng.choice(unary) if r < .35 else rng.choice(binary) if r < .9 else rng.choice(['fma', 'powmod', 'format', 'int', 'hash', 'tuple', 'ratio', 'float'])
    args = [num() for _ in range(1 if r < .35 else 2 if r < .9 else 3)]
    if name in ('rotate', 'shift', 'scaleb') and rng.random() < .8: args[1] = str(rng.randint(-12, 12))
    if name == 'power' and rng.random() < .7: args[1] = rng.choice([str(rng.randint(-20, 40)), '0.5', '1.5', '-0.5', '2', '3', '1E+2'])
    if name.startswith('logical'): args = [''.join(rng.choice('01') for _ in range(rng.randint(1, 12))) if rng.random() < .9 else num() for _ in args]
    if name == 'exp' and rng.random() < .7: args = [str(rng.uniform(-200, 200))[:rng.randint(3, 18)]]
    if name == 'powmod': args = [str(rng.randint(-99, 999)), str(rng.randint(0, 50)), str(rng.randint(-3, 99))] if rng.random() < .8 else args
    d = [Decimal(a) for a in args]
    fmt = rng.choice(['', '<', '>', '^', '=', '*^', '0']) + rng.choice(['', '+', ' ']) * 1
    fmt = (rng.choice(['', '<', '>', '^', '=', '*^', 'é>'])) + rng.choice(['', '+', ' ', '-']) + rng.choice(['', 'z']) + rng.choice(['', '#']) + rng.choice(['', '0']) + rng.choice(['', '3', '10', '20']) + rng.choice(['', ',', '_']) + rng.choice(['', '.0', '.1', '.3', '.10']) + rng.choice(['', 'e', 'E', 'f', 'F', 'g', 'G', '%', 'n'])
    try:
        with localcontext(c) as lc:
            if name == 'fma': res = lc.fma(*d)
            elif name == 'powmod': res = lc.power(*d)
            elif name == 'format': res = (fmt, format(d[0], fmt))
            elif name == 'int': res = (int(d[0]) if abs(d[0].adjusted()) < 60 else 0, round(d[1]) if abs(d[1].adjusted()) < 60 else 0, round(d[2], rng.randint(-3, 5)))
            elif name == 'hash': res = [hash(x) for x in d if not x.is_nan()]
            elif name == 'tuple': res = [x.as_tuple() for x in d]
            elif name == 'ratio': res = d[0].as_integer_ratio()
            elif name == 'float': res = [float(x) for x in d if not x.is_nan()]
            else: res = getattr(lc, name)(*d)
            out(i, name, *args, '->', repr(res), str(lc)[8:])
    except Exception as e:
        out(i, name, fmt if name == 'format' else '', *args, '->', type(e).__name__, e)
