class Property:
    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.__doc__ = fget.__doc__ if doc is None and fget is not None else doc
        self._name = ""
    def __set_name__(self, owner, name): self._name = name
    def __get__(self, obj, t=None):
        if obj is None: return self
        if self.fget is None: raise AttributeError(f"property {self._name!r} of {type(obj).__qualname__!r} object has no getter")
        return self.fget(obj)
    def __set__(self, obj, v):
        if self.fset is None: raise AttributeError(f"property {self._name!r} of {type(obj).__qualname__!r} object has no setter")
        self.fset(obj, v)
    def __delete__(self, obj):
        if self.fdel is None: raise AttributeError(f"property {self._name!r} of {type(obj).__qualname__!r} object has no deleter")
        self.fdel(obj)
    def getter(self, f): return type(self)(f, self.fset, self.fdel, self.__doc__)
    def setter(self, f): return type(self)(self.fget, f, self.fdel, self.__doc__)
    def deleter(self, f): return type(self)(self.fget, self.fset, f, self.__doc__)
def use(property):
    out = []
    class T:
        def __init__(s): s._c = 0
        @property
        def c(s): "celsius"; return s._c
        @c.setter
        def c(s, v):
            if v < -273: raise ValueError("too cold")
            s._c = v
        @c.deleter
        def c(s): s._c = 0
        @property
        def f(s): return s.c * 9 / 5 + 32
        empty = property()
    t = T()
    def do(f):
        try: out.append(f())
        except Exception as e: out.append((type(e).__name__, str(e)))
    do(lambda: t.c); do(lambda: setattr(t, "c", 100)); do(lambda: t.f); do(lambda: setattr(t, "f", 1)); do(lambda: delattr(t, "f")); do(lambda: setattr(t, "c", -300)); do(lambda: delattr(t, "c")); do(lambda: t.c); do(lambda: t.empty); do(lambda: T.c.__doc__); do(lambda: T.f.fset)
    return out
a, b = use(property), use(Property); print(a == b); print(*a, sep="\n")
