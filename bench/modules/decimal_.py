"""decimal: telephone bills (telco), digits of pi, square roots and formatting."""
import random
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, getcontext, localcontext

random.seed(3)
calls = [random.randrange(1, 100_000) for _ in range(120_000)]
cent = Decimal('0.01')
rates = Decimal('0.0013'), Decimal('0.00894')
basic_tax, distance_tax = Decimal('0.0675'), Decimal('0.0341')
total = Decimal(0)
lines = 0
down = Context(rounding=ROUND_DOWN)
half = Context(rounding=ROUND_HALF_EVEN)
for n in calls:
    price = (n * rates[n & 1]).quantize(cent, context=half)
    tax = (price * basic_tax).quantize(cent, context=down)
    amount = price + tax
    if n & 1:
        amount += (price * distance_tax).quantize(cent, context=down)
    total += amount
    lines += len(str(amount))


def pi():
    getcontext().prec += 2
    lasts, t, s, n, na, d, da = 0, Decimal(3), 3, 1, 0, 0, 24
    while s != lasts:
        lasts = s
        n, na = n + na, na + 8
        d, da = d + da, da + 32
        t = (t * n) / d
        s += t
    getcontext().prec -= 2
    return +s


with localcontext() as context:
    context.prec = 60
    for _ in range(800):
        digits = pi()
    context.prec = 28
    roots = sum(Decimal(i).sqrt() for i in range(1, 24_000))
    texts = [f'{Decimal(i) / 7:,.3f}' for i in range(24_000)]
print(total, lines, digits, roots, len(''.join(texts)))
