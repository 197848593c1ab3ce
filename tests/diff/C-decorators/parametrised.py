import functools
def retry(times, exc=Exception):
    def deco(f):
        @functools.wraps(f)
        def w(*a):
            for i in range(times):
                try: return f(*a)
                except exc as e: print("attempt", i + 1, type(e).__name__, e)
            raise RuntimeError(f"{f.__name__} failed")
        return w
    return deco
n = 0
@retry(3, ValueError)
def flaky():
    global n; n += 1
    if n < 3: raise ValueError(n)
    return "ok"
print(flaky())
@retry(2)
def never(): return 1 / 0
try: never()
except RuntimeError as e: print(e, repr(e.__context__))
def register(reg={}, **kw):
    def deco(f): reg[f.__name__] = (f, kw); return f
    deco.reg = reg; return deco
@register(a=1)
@register(b=2)
def x(): pass
print({k: v[1] for k, v in register().reg.items()})
def memo(f):
    cache = {}
    return lambda *a: cache[a] if a in cache else cache.setdefault(a, f(*a))
@memo
def fib(k): return k if k < 2 else fib(k - 1) + fib(k - 2)
print(fib(60), fib.__closure__[0].cell_contents.__len__())
