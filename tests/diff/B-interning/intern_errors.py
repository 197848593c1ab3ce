import sys
for v in (1, b"x", None, [], ()):
    try: sys.intern(v)
    except TypeError as e: print(e)
class S(str): pass
try: sys.intern(S("x"))
except TypeError as e: print(e)
try: sys._is_interned(5)
except TypeError as e: print(e)
try: sys.intern()
except TypeError as e: print(e)
x = sys.intern("run time " + str(5)); y = sys.intern("run time " + str(5)); print(x is y, sys._is_interned(x), sys.intern("") is "".strip())
