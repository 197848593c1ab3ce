import inspect
from inspect import signature
def f(a, /, b: int, c=3, *args: str, d, e: float = 5.5, **kw) -> "list[int]": pass
s = signature(f); print(s)
for p in s.parameters.values(): print(p, p.name, p.kind.name, p.kind.description, p.default if p.default is not p.empty else "empty", p.annotation, repr(p)[:14])
print(s.return_annotation, signature(f, eval_str=True).return_annotation, s == signature(f), hash(s) == hash(signature(f)), s.replace(parameters=[], return_annotation=int), s.format(max_width=20))
class A:
    def __init__(self, x, *, y=1): pass
    def m(self, q): pass
    @classmethod
    def c(cls, r): pass
    @staticmethod
    def st(t): pass
    def __call__(self, z): pass
class B(A): pass
class M(type):
    def __call__(cls, *a, **k): return super().__call__(*a, **k)
class C(metaclass=M):
    def __new__(cls, n1): pass
for o in (A, B, C, A.m, A(1).m, A.c, A.st, A(1), lambda *, a=1: 0, lambda: 0, lambda x, /: x): print(signature(o))
import functools
def w3(a, b, c=3, *d, e=4): pass
for p in (functools.partial(w3, 1), functools.partial(w3, b=2), functools.partial(w3, 1, e=5), functools.partial(w3, 1, 2, 3, 4), functools.partial(functools.partial(w3, 1), 2), functools.partialmethod(w3, 1).__get__(1)): print(signature(p))
f.__signature__ = signature(lambda zz: 0); print(signature(f)); f.__signature__ = 5
try: signature(f)
except TypeError as e: print(e)
@functools.wraps(w3)
def wrapper(*a, **k): pass
print(signature(wrapper), signature(wrapper, follow_wrapped=False))
async def co(a): pass
def g(b): yield
print(signature(co), signature(g)); from typing import *
def h[T](x: T | None, y: list["A"] = [], *z: *tuple[int, ...]) -> Callable[[int], str]: pass
print(signature(h))
