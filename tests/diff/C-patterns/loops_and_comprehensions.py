import dis
def a(s): 
    r = []
    for x in s: r.append(x * 2)
    return r
def b(s): return [x * 2 for x in s]
def c(s): return list(map(lambda x: x * 2, s))
def d(s): return list(x * 2 for x in s)
def e(s):
    r = []
    i = 0
    while i < len(s): r += [s[i] * 2]; i += 1
    return r
def f(s): return [*(x * 2 for x in s)]
for g in (a, b, c, d, e, f): print(g.__name__, g([1, 2]), [(i.opname, i.argrepr) for i in dis.get_instructions(g) if "code object" not in i.argrepr])
