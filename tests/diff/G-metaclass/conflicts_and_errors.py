class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class M3(M1, M2): pass
def t(s):
    try: exec(s, globals()); print(s, "ok")
    except Exception as e: print(s, "->", type(e).__name__, e)
for s in ("class C(A, B): pass", "class C(A, B, metaclass=M3): pass", "class C(A, metaclass=type): print(type(C) if 0 else 1)", "class C(A, metaclass=M2): pass", "class C(metaclass=5): pass", "class C(metaclass=int): pass", "class C(5): pass", "class C(A, A): pass", "class C(x=1): pass", "class C(object, A): pass", "type('X', (A, B), {})", "M1('X', (B,), {})", "class C(*[A], **{'metaclass': M1}): pass", "class C(A, metaclass=M1, metaclass_=1): pass", "type.__new__(int, 'x', (), {})", "type.__new__(type)", "type.__new__(M1, 'x', (), {'__slots__': 5})", "type()", "type('x', [], {})", "class P(metaclass=type('Q', (type,), {'__prepare__': classmethod(lambda m, n, b: 5)})): pass", "class P(int, metaclass=M1): pass", "type.__call__()", "type.mro()", "type.__init__(A)", "class Bad(type):\n def mro(c): return [1]\nclass X(metaclass=Bad): pass", "class Bad(type):\n def mro(c): return 5\nclass X(metaclass=Bad): pass", "class Bad(type):\n def __new__(m, *a): return 7\nclass X(metaclass=Bad): pass\nprint(X)", "class Good(type):\n def mro(c): return [c, int, object] if c.__name__ == 'Y' else super().mro()\nclass Y(int, metaclass=Good): pass\nprint(Y.__mro__)", "class X:\n __qualname__ = 5", "class X: __classcell__ = 5", "class X:\n __doc__ = 3\nprint(X.__doc__)", "type('X', (), {'__module__': 'mm'})().__class__.__module__"): t(s)
class X: pass
class Y(X): pass
for s in ("X.__bases__ = (Y,)", "Y.__bases__ = (5,)", "Y.__bases__ = 5", "Y.__bases__ = (X, X)", "Y.__bases__ = (int,)", "Y.__bases__ = ()", "del Y.__bases__", "Y.__mro__ = ()", "Y.__module__ = 'q'; print(Y)", "del Y.__module__", "Y.__dict__ = {}", "Y.__dict__['a'] = 1", "Y.__abstractmethods__", "Y.__abstractmethods__ = {'a'}; Y()"): t(s)
