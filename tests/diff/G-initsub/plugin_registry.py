class Plugin:
    registry = {}
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw); cls.registry[name or cls.__name__.lower()] = cls; print("registered", cls.__name__)
    def run(self, x): return x
class Upper(Plugin, name="up"):
    def run(self, x): return x.upper()
class Rev(Plugin):
    def run(self, x): return x[::-1]
class Deep(Rev, name="deep"): pass
print({k: v.__name__ for k, v in Plugin.registry.items()}); print([Plugin.registry[n]().run("abc") for n in ("up", "rev", "deep")])
for s in ("class X(Plugin, bad=1): pass", "class X(foo=1): pass", "class X(Plugin, name='a', name2=1): pass", "object.__init_subclass__(1)", "object.__init_subclass__(a=1)"):
    try: exec(s)
    except TypeError as e: print(e)
Dyn = type("Dyn", (Plugin,), {}, name="dynamic"); print(Plugin.registry["dynamic"])
class Err(Plugin):
    def __init_subclass__(cls): raise ValueError("no subclassing")
try:
    class S(Err): pass
except ValueError as e: print(e)
print(Plugin.__init_subclass__.__self__ is Plugin, type(Plugin.__dict__["__init_subclass__"]).__name__)
