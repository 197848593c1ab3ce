def add(a, b): return a + b
def attr(o): return o.v
def loop(s):
    t = []
    for x in s: t.append(x)
    return t
def unpack(s): a, b = s; return b, a
def sub(o, k): return o[k]
def test(x): return "y" if x else "n"
class A: v = "class"
class B:
    def __init__(s): s.v = "inst"
class C:
    @property
    def v(s): return "prop"
class D:
    __slots__ = ("v",)
    def __init__(s): s.v = "slot"
class E:
    def __getattr__(s, n): return "dyn"
for _ in range(60): add(1, 2); attr(B()); loop([1]); unpack((1, 2)); sub([1, 2], 0); test(True)
print(add(1.5, 2), add("a", "b"), add([1], [2]), add(2**62, 2**62), add(-1, 1))
print([attr(k()) for k in (A, B, C, D, E)], [attr(k()) for k in (E, D, C, B, A) for _ in range(3)])
print(loop("ab"), loop({1: 2}), loop(range(3)), loop(x for x in "q"), loop((1,)))
print(unpack([1, 2]), unpack("xy"), unpack({3: 4, 5: 6}), sub({0: "d"}, 0), sub("str", 1), sub((1, 2), -1), sub(b"ab", 0))
print([test(v) for v in (0, 1, "", "a", [], [0], None, 0.0, A())])
B.v = property(lambda s: "now prop") if False else "x"; b = B(); b.v = "changed"; print(attr(b)); del b.v; print(attr(b))
for f, a in ((add, (1, "a")), (attr, (5,)), (unpack, ((1, 2, 3),)), (sub, ([1], 5)), (loop, (5,))):
    try: f(*a)
    except Exception as e: print(type(e).__name__, e)
import builtins
def usel(): return len("abc")
for _ in range(60): usel()
len = lambda s: "shadowed"; print(usel()); del len; print(usel())
old = builtins.len; builtins.len = lambda s: "patched"; print(usel()); builtins.len = old; print(usel())
