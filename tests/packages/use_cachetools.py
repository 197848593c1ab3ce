from cachetools import LRUCache, TTLCache, LFUCache, cached, cachedmethod, keys
c = LRUCache(maxsize=2); c["a"] = 1; c["b"] = 2; c["a"]; c["c"] = 3; print(c, sorted(c), c.currsize)
t = [0]; tt = TTLCache(10, 5, timer=lambda: t[0]); tt["x"] = 1; t[0] = 6; print("x" in tt, len(tt))
l = LFUCache(2); l["a"] = 1; l["a"]; l["b"] = 2; l["c"] = 3; print(sorted(l))
calls = []
@cached(LRUCache(8), key=keys.typedkey)
def f(x): calls.append(x); return x * 2
print(f(1), f(1), f(1.0), calls, f.cache if hasattr(f, "cache") else None)
try: LRUCache(1, getsizeof=len)["k"] = "xyz"
except ValueError as e: print(e)
