import linecache, tempfile, os
d = tempfile.mkdtemp(); p = os.path.join(d, "x.py"); open(p, "w").write("line one\nline two")
print(repr(linecache.getline(p, 1)), repr(linecache.getline(p, 2)), repr(linecache.getline(p, 3)), repr(linecache.getline(p, 0)), linecache.getlines(p), linecache.getlines("/no/such"))
open(p, "w").write("changed line\n"); os.utime(p, (1, 1)); print(repr(linecache.getline(p, 1))); linecache.checkcache(p); print(repr(linecache.getline(p, 1)))
print(p in linecache.cache); linecache.clearcache(); print(p in linecache.cache)
class L:
    def get_source(s, n): return f"source of {n}\nsecond\n"
print(linecache.lazycache("virt.py", {"__name__": "virt", "__loader__": L()}), linecache.getlines("virt.py"), linecache.lazycache("<x>", {}))
open(p, "wb").write(b"# coding: latin-1\nx = '\xe9'\n"); print(linecache.getlines(p)); open(p, "wb").write(b"\xff\n"); linecache.clearcache(); print(linecache.getlines(p))
def f(): pass
print(repr(linecache.getline(__file__, 1)))
