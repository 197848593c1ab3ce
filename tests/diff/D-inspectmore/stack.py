import inspect
def a(): return b()
def b(): return [(f.function, f.lineno, f.code_context, f.index, f.positions) for f in inspect.stack(context=3)]
for x in a(): print(x)
def t():
    try: 1 / 0
    except ZeroDivisionError: return [(f.function, f.lineno, f.code_context) for f in inspect.trace()]
print(t()); f = inspect.currentframe(); i = inspect.getframeinfo(f, 3); print(i.function, i.lineno, i.index, i.code_context); print(inspect.getlineno(f), len(inspect.getouterframes(f)), inspect.getargvalues(f).varargs, inspect.getsourcelines(inspect.currentframe())[1])
class K:
    def m(self, *a, **k): return inspect.formatargvalues(*inspect.getargvalues(inspect.currentframe())).replace(repr(self), "SELF")
print(K().m(1, x=2)); print(inspect.Traceback._fields, inspect.FrameInfo._fields, inspect.BlockFinder.__name__, inspect.Attribute._fields)
