class A:
    def __getattr__(s, n): print("asked", n); return lambda *a: 1
a = A()
for c in ("len(a)", "a + 1", "a()", "a[0]", "iter(a)", "a < 1", "with a: pass", "a += 1", "-a", "int(a)", "a @ a", "for _ in a: pass", "1 in a", "await_", "hash(a) and 0", "bool(a)", "repr(a)[:1]", "format(a, 'x')", "reversed(a)", "next(a)", "complex(a)", "round(a)", "abs(a)", "divmod(a, 1)", "a.x()", "divmod(1, a)", "a[1:2] = 3", "del a[0]", "import math; math.floor(a)", "b''.join([a])", "bytes(a)", "isinstance(1, a)", "'%d' % a", "[1][a]", "range(a)", "float(a)", "str(a) and 0", "~a", "a ** 2", "a //= 2", "dir(a) and 0"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, "->", type(e).__name__, e)
class B: pass
b = B(); b.__len__ = lambda: 5; b.__call__ = lambda: 5; b.__repr__ = lambda: "inst"
for f in (lambda: len(b), lambda: b(), lambda: b.__len__(), lambda: repr(b)[:4]):
    try: print(f())
    except TypeError as e: print(e)
B.__len__ = lambda s: 3; print(len(b)); del B.__len__
try: len(b)
except TypeError as e: print(e)
class Neg:
    def __len__(s): return -1
class Big:
    def __len__(s): return 2**63
class Str:
    def __len__(s): return "x"
class NoneM: __len__ = None; __iter__ = None; __hash__ = None; __contains__ = None; __add__ = None
for k in (Neg, Big, Str, NoneM):
    try: print(len(k()))
    except Exception as e: print(type(e).__name__, e)
for f in (lambda: iter(NoneM()), lambda: hash(NoneM()), lambda: 1 in NoneM(), lambda: NoneM() + 1, lambda: list(NoneM()), lambda: [*NoneM()]):
    try: f()
    except TypeError as e: print(e)
class Ret:
    def __bool__(s): return 5
    def __str__(s): return 5
    def __iter__(s): return 5
    def __hash__(s): return 1.5
    def __index__(s): return "x"
    def __int__(s): return 1.5
    def __float__(s): return 1
    def __complex__(s): return 1
    def __bytes__(s): return "x"
    def __format__(s, f): return 5
    def __contains__(s, x): return "truthy"
    def __reversed__(s): return "rev"
    def __length_hint__(s): return "bad"
    def __dir__(s): return 5
    def __sizeof__(s): return 1.0
    def __fspath__(s): return 5
r = Ret()
for c in ("bool(r)", "str(r)", "iter(r)", "hash(r)", "[1][r]", "int(r)", "float(r)", "complex(r)", "bytes(r)", "format(r)", "f'{r}'", "1 in r", "reversed(r)", "dir(r)", "list(r)", "__import__('operator').length_hint(r)", "open(r)", "hex(r)", "not r", "r and 1", "'%s' % r", "print(r)"):
    try: print(c, eval(c))
    except Exception as e: print(c, type(e).__name__, e)
