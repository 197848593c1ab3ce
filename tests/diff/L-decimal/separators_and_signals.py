# options: -W ignore
# Separators behind the point, the order of signals, and quantize() that overflows.
from decimal import *
for s in ('.,','._','.3,','.,f','012,.3_f','z.2_f','.n','.1_n','#._e','.,N','.0,f','._g', '.', '.3_%', '._,', '.,_'):
    for v in ('1.23456789','123456','1E+20','NaN','1234567.12345'):
        try: print(s, v, format(Decimal(v),s))
        except Exception as e: print(s, v, e)
print(repr(getcontext()))
c=Context(traps=list(getcontext().flags)); print(c)
with localcontext(prec=3):
    try: print(Decimal('0.9998').quantize(Decimal('0.001')))
    except InvalidOperation as e: print(e, getcontext().flags[Inexact])
