import marshal
a = [1]; l = [a, a, "name", "name"]
r = marshal.loads(marshal.dumps(l)); print(r, r[0] is r[1])
r = marshal.loads(marshal.dumps(l, 2)); print(r[0] is r[1])
rec = [1]; rec.append(rec); r = marshal.loads(marshal.dumps(rec)); print(r[1] is r)
d = {}; d["self"] = d; r = marshal.loads(marshal.dumps(d)); print(r["self"] is r)
t = ([],); t[0].append(t)
r = marshal.loads(marshal.dumps(t)); print(r[0][0] is r)
try: marshal.dumps(rec, 2)
except ValueError as e: print(e)
code = compile("def f(x): return x + 1", "<m>", "exec")
c2 = marshal.loads(marshal.dumps(code)); ns = {}; exec(c2, ns); print(ns["f"](1), c2 == code)
for f in (lambda: marshal.dumps(code, allow_code=False), lambda: marshal.loads(marshal.dumps(code), allow_code=False)):
    try: f()
    except ValueError as e: print(e)
n = [] 
for _ in range(1990): n = [n]
print(len(marshal.dumps(n)))
for _ in range(20): n = [n]
try: marshal.dumps(n)
except ValueError as e: print(e)
