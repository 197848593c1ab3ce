def mk(src, name="<s>"): return compile(src, name, "exec")
print(mk("x = 1") == mk("x = 1"), mk("x = 1") == mk("x = 2"), mk("x = 1") == mk("x = 1.0"), mk("x = 0.0") == mk("x = -0.0"), mk("x = 1") == mk("x = True"), mk("x = 1", "a") == mk("x = 1", "b"), mk("x = 1") == mk("\nx = 1"), mk("x = 1000") == mk("x = 1000.0"), mk("x=(1,2)") == mk("x=(1,2.0)"))
f = lambda: 1; g = lambda: 1
print(f.__code__ == g.__code__, f == g, len({f.__code__, f.__code__.replace()}), f.__code__ != 5, mk("a") == mk("a").replace(co_filename="q"))
try: f.__code__ < g.__code__
except TypeError as e: print(e)
import re; print(re.sub("0x[0-9a-f]+|\".*\"", "_", repr(f.__code__)))
import types
c = f.__code__
n = types.CodeType(0, 0, 0, 0, 1, 3, c.co_code, c.co_consts, (), (), "file", "nm", "qn", 10, c.co_linetable, c.co_exceptiontable)
print(n.co_name, n.co_firstlineno, types.FunctionType(n, {})())
try: types.CodeType(1)
except TypeError as e: print(e)
