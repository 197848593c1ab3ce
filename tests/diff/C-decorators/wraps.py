import functools
def log(f):
    @functools.wraps(f)
    def w(*a, **k):
        "wrapper doc"
        print("call", f.__name__, a, k); return f(*a, **k)
    return w
@log
def add(a: int, b: int = 2) -> int:
    "adds"
    return a + b
add.extra = 1
print(add(1), add(1, b=5), add.__name__, add.__doc__, add.__wrapped__.__name__, add.__annotations__, add.__dict__.keys(), add.__qualname__, add.__module__)
import inspect; print(inspect.signature(add), inspect.unwrap(add) is add.__wrapped__)
class Deco:
    def __init__(s, f): functools.update_wrapper(s, f); s.n = 0
    def __call__(s, *a): s.n += 1; return s.__wrapped__(*a)
    def __get__(s, o, t): return functools.partial(s, o)
class K:
    @Deco
    def m(self, x): "m doc"; return x * 2
print(K().m(4), K.__dict__["m"].n, K.__dict__["m"].__doc__, functools.WRAPPER_ASSIGNMENTS, functools.WRAPPER_UPDATES)
@functools.lru_cache(maxsize=2)
def sq(x): print("computing", x); return x * x
print(sq(2), sq(2), sq(3), sq(4), sq(2), sq.cache_info(), sq.cache_parameters(), sq.__wrapped__(5)); sq.cache_clear(); print(sq.cache_info())
class L:
    @functools.cached_property
    def v(self): print("once"); return 9
l = L(); print(l.v, l.v, l.__dict__); del l.v; print(l.v)
