import dis
X = 1
def glob():
    for i in range(3): X + i
def loc():
    x = X
    for i in range(3): x + i
def deflt(x=X):
    for i in range(3): x + i
def attr(o):
    for i in range(3): o.append(i)
def bound(o):
    a = o.append
    for i in range(3): a(i)
for f in (glob, loc, deflt, attr, bound):
    c = [i.opname for i in dis.get_instructions(f)]; print(f.__name__, len(c), {n: c.count(n) for n in sorted(set(c))})
