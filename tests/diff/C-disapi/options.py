import dis
def f(a):
    def g(): return a
    return [g() for _ in range(a)]
for kw in (dict(show_caches=True), dict(show_offsets=True), dict(show_positions=True), dict(depth=0), dict(depth=1, show_offsets=True), dict(adaptive=True, depth=0)):
    print("##", kw); dis.dis(f, **kw)
b = dis.Bytecode("x = 1\nif x: y", first_line=100, current_offset=2, show_offsets=True); print(b.dis()); print(b.info()); print(repr(b)[:9], [i.opname for i in b])
print(dis.code_info(f)); dis.show_code("lambda: 0")
