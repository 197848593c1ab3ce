import dis
log = []
def d(n):
    log.append(f"make {n}")
    def deco(f): log.append(f"apply {n} to {getattr(f, '__name__', f)}"); return f
    return deco
@d("outer")
@d("inner")
def f(a=log.append("default")): pass
@d("class")
class C:
    @d("method")
    def m(self): pass
    @property
    @d("prop")
    def p(self): return 1
print(*log, sep="\n"); print(f.__code__.co_firstlineno, C.__firstlineno__)
dis.dis("@a.b\n@c(1)\ndef f(): pass\n@x\nclass C: pass")
@(lambda f: 5)
def five(): pass
print(five)
@[print][0]
def printed(): pass
@C
def notcallable(self=1): pass
