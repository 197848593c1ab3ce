class A:
    __slots__ = ("x", "y", "__private")
    def __init__(s): s.x = 1; s.__private = 3
a = A(); print(A.x, type(A.x).__name__, a.x, A.__slots__, hasattr(a, "__dict__"), [k for k in vars(A) if not k.startswith("__")], a._A__private, A.x.__get__(a), A.x.__name__, A.x.__objclass__)
for s in ("a.y", "a.z = 1", "del a.y", "a.zz", "A.x.__set__(5, 1)", "A.x.__get__(5)", "vars(a)", "import weakref; weakref.ref(a)", "A.x = 5; a.x = 1", "a.x"):
    try: exec(s); print(s, "ok")
    except Exception as e: print(s, type(e).__name__, e)
class B(A): pass
b = B(); b.new = 1; print(vars(b), hasattr(b, "__weakref__"))
class C(A): __slots__ = ("w", "__dict__")
c = C(); c.anything = 1; c.w = 2; print(c.__dict__)
class D: __slots__ = {"doc": "documented slot"}
print(D.doc.__doc__, D.__slots__)
class E: __slots__ = "single"
e = E(); e.single = 1; print(e.single, [s for s in E.__slots__])
class F(int): __slots__ = ()
print(F(5) + 1, hasattr(F(5), "__dict__"))
def bad(src):
    try: exec(src); print("ok")
    except Exception as e: print(type(e).__name__, e)
for s in ("class X:\n __slots__ = ('a',)\n a = 1", "class X: __slots__ = (1,)", "class X: __slots__ = ('1a',)", "class X: __slots__ = ('__dict__', '__dict__')", "class X: __slots__ = 5", "class X(int): __slots__ = ('a',)", "class X(tuple): __slots__ = ('a',)", "class P: __slots__ = ('a',)\nclass Q: __slots__ = ('b',)\nclass R(P, Q): pass", "class X(A): __slots__ = ('__weakref__', '__weakref__')", "class X:\n __slots__ = ('__weakref__',)\nclass Y(X): __slots__ = ('__weakref__',)", "class X: pass\nclass Y(X): __slots__ = ('__dict__',)", "class X: __slots__ = ('a b',)", "class X: __slots__ = ('',)", "class X: __slots__ = ('a', 'a')\nprint(X.a)", "class X(bytes): __slots__ = ('q',)"): bad(s)
class P: __slots__ = ("a",)
class Q(P): __slots__ = ("a", "b")
q = Q(); q.a = 1; P.a.__set__(q, 2); print(q.a, P.a.__get__(q), Q.__basicsize__ - P.__basicsize__)
class G: __slots__ = ("a",)
class H: __slots__ = ("a",)
g = G(); g.__class__ = H; print(type(g))
try: g.__class__ = P if 0 else Q
except TypeError as e: print(e)
import copy; q2 = copy.copy(q); print(q2.a, q.__reduce_ex__(2)[2])
