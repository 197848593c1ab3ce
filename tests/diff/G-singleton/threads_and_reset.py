import threading
class S(type):
    lock = threading.Lock(); inst = {}; made = 0
    def __call__(c, *a):
        with S.lock:
            if c not in S.inst: S.made += 1; S.inst[c] = type.__call__(c, *a)
            return S.inst[c]
class A(metaclass=S): pass
got = []
ts = [threading.Thread(target=lambda: got.append(A())) for _ in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(len(set(map(id, got))), S.made); S.inst.clear(); print(A() is got[0], S.made)
class Flyweight(type):
    def __init__(c, *a): super().__init__(*a); c.pool = {}
    def __call__(c, *a): return c.pool[a] if a in c.pool else c.pool.setdefault(a, super().__call__(*a))
class Pt(metaclass=Flyweight):
    def __init__(s, x, y): print("make", x, y); s.x = x
print(Pt(1, 2) is Pt(1, 2), Pt(1, 3) is Pt(1, 2), len(Pt.pool))
