import sys
sys.displayhook(None); sys.displayhook([1, 2]); print(_); sys.displayhook("é\ud800") if sys.stdout.errors != "strict" else None
def hook(t, v, tb): print("hook:", t.__name__, v, tb.tb_lineno)
print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__)
class D:
    def __del__(self): raise ValueError("in del")
def unr(u): print("unraisable:", u.exc_type.__name__, u.exc_value, u.err_msg, getattr(u.object, "__qualname__", u.object))
sys.unraisablehook = unr; D(); sys.unraisablehook = sys.__unraisablehook__
old = sys.stdout; import io; sys.stdout = io.StringIO(); print("captured"); s = sys.stdout.getvalue(); sys.stdout = old; print(repr(s))
sys.displayhook = lambda v: print("shown", v); exec(compile("1 + 1\n'x'", "<s>", "single") if 0 else compile("1 + 1", "<s>", "single"))
del sys.displayhook
try: exec(compile("2", "<s>", "single"))
except RuntimeError as e: print(e)
import builtins; builtins.__build_class__
try: sys.excepthook(1, 2)
except TypeError as e: print(e)
sys.excepthook = hook
import atexit; atexit.register(lambda: print("exit handlers run"))
raise KeyError("last")
