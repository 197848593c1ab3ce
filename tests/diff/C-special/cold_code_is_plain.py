import dis
def f(a, b): return a + b
def names(fn): return [i.opname for i in dis.get_instructions(fn, adaptive=True)]
print(names(f)); f(1, 2); print(names(f))
dis.dis(f, adaptive=True)
