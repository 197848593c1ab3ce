import dis
def depths(code):
    ins = [i for i in dis.get_instructions(code)]
    at = {i.offset: n for n, i in enumerate(ins)}; seen = {}; work = [(0, 1 if code.co_flags & 0x2a0 else 0)]
    for e in dis._parse_exception_table(code): work.append((at[e.target], e.depth + 1 + e.lasti))
    while work:
        n, d = work.pop()
        while n < len(ins):
            if n in seen: break
            i = ins[n]; seen[n] = d
            if i.opname in ("RETURN_VALUE", "RAISE_VARARGS", "RERAISE"): break
            if i.jump_target is not None:
                work.append((at[i.jump_target], d + dis.stack_effect(i.opcode, i.arg, jump=True)))
                if i.opname.startswith(("JUMP_BACK", "JUMP_FORW")): break
            d += dis.stack_effect(i.opcode, i.arg, jump=False); n += 1
    return ins, seen
def f(a, b): return a * (b + (a - (b, a, [a, b])[0]))
def g(x):
    for i in x:
        if i: yield [j for j in i]
def h():
    with a as b:
        try: c(d, e=f(*g))
        except E: pass
for fn in (f, g, h):
    ins, seen = depths(fn.__code__); print(fn.__name__, fn.__code__.co_stacksize, max(seen.values()))
    for n, i in enumerate(ins): print("  ", seen.get(n), i.opname, i.argrepr)
