# a * b + c of infinities and NaNs of both kinds: which of them is the result, and which signals it raises.
from decimal import Context, Decimal

for prec in 9, 1:
    c = Context(prec=prec, traps=[])
    for x in '0', 'Inf', 'NaN12', 'sNaN23', '2':
        for y in '0', '-Inf', 'NaN34', 'sNaN45', '3':
            for z in '1', 'Inf', 'NaN56', 'sNaN67':
                c.clear_flags()
                print(x, y, z, c.fma(Decimal(x), Decimal(y), Decimal(z)), [s.__name__ for s, v in c.flags.items() if v])
