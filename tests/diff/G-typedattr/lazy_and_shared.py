import weakref
class Lazy:
    def __init__(s, f): s.f = f
    def __set_name__(s, o, n): s.n = n
    def __get__(s, o, t):
        if o is None: return s
        print("compute", s.n); v = o.__dict__[s.n] = s.f(o); return v
class WeakStore:
    def __init__(s): s.d = weakref.WeakKeyDictionary()
    def __get__(s, o, t): return s.d.get(o, "unset") if o is not None else len(s.d)
    def __set__(s, o, v): s.d[o] = v
class A:
    w = WeakStore()
    @Lazy
    def big(self): return [1] * 3
a = A(); print(a.big, a.big, vars(a)); a.w = 1; b = A(); print(a.w, b.w, A.w); b.w = 2; print(A.w); del b; print(A.w)
class Slotted:
    __slots__ = ("_x",)
    class X:
        def __get__(s, o, t): return getattr(o, "_x", "none")
        def __set__(s, o, v): o._x = v * 2
    x = X()
s = Slotted(); print(s.x); s.x = 4; print(s.x)
class Rev:
    def __get__(s, o, t): return type(o).__name__[::-1] if o else t.__name__
class P: r = Rev()
class Q(P): pass
print(P.r, Q.r, P().r, Q().r)
