# How errors that nobody can catch are shown: the last exception only, without carets.
import sys
sys.stderr = sys.stdout
class D:
    def __del__(self):
        try: 1/0
        except Exception: raise ValueError("a\nb") from None
class E:
    def __del__(self):
        try: 1/0
        except Exception: raise KeyError("x")
class F:
    def __del__(self):
        raise SyntaxError("bad", ("f.py", 1, 2, "x y", 1, 3))
class G:
    def __del__(self):
        raise ExceptionGroup("eg", [ValueError(1)])
class M(Exception):
    def __str__(self): 1/0
class H:
    def __del__(self):
        raise M
class I:
    def __del__(self):
        e = ValueError(); e.add_note("note"); raise e
D();E();F();G();H();I()
