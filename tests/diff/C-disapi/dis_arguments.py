import dis, io
def f(x): return x + 1
class A:
    def m(self): return 1
    @staticmethod
    def s(): return 2
    @classmethod
    def c(cls): return 3
    n = 5
def g(): yield 1
async def co(): pass
c = co()
for v in (f, A, A().m, f.__code__, "a + b", g(), c, b"\x80\0"):
    print("##", type(v).__name__); dis.dis(v)
c.close()
for bad in (5, None, object()):
    try: dis.dis(bad)
    except Exception as e: print(type(e).__name__, e)
o = io.StringIO(); dis.disassemble(f.__code__, 4, file=o); print(o.getvalue())
