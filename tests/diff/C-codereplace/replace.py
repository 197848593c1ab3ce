import copy
def f(a, b=1): return a + b
c = f.__code__
n = c.replace(co_name="renamed", co_consts=(99,), co_firstlineno=50, co_filename="other.py", co_qualname="Q.renamed")
print(n, n.co_consts, n.co_firstlineno, n.co_qualname, n == c, c == c.replace(), hash(c) == hash(c.replace()))
for kw in ({"co_argcount": -1}, {"co_nlocals": 5}, {"co_varnames": ("a",)}, {"co_code": b"\0"}, {"co_code": "x"}, {"co_consts": [1]}, {"co_stacksize": -1}, {"co_kwonlyargcount": 9}, {"co_name": 5}, {"zzz": 1}, {"co_flags": "a"}, {"co_freevars": ("a",)}, {"co_filename": None}, {"co_linetable": "x"}, {"co_exceptiontable": 5}, {"co_firstlineno": 1.5}):
    try: print(kw, c.replace(**kw) == c)
    except Exception as e: print(kw, type(e).__name__, e)
g = lambda: 0
g.__code__ = c; print(g(2, 3), g.__name__, g.__defaults__)
print(copy.replace(c, co_name="cr").co_name)
try: c.replace(1)
except TypeError as e: print(e)
