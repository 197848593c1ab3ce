import opcode
def units(code):
    b = code.co_code; ext = 0; i = 0
    while i < len(b):
        op, arg = b[i], b[i + 1] | ext; ext = arg << 8 if op == opcode.EXTENDED_ARG else 0
        n = opcode._inline_cache_entries.get(opcode.opname[op], 0)
        yield i, opcode.opname[op], arg, n, set(b[i + 2:i + 2 + 2 * n])
        i += 2 + 2 * n
def f(o, x):
    o.a.b = o.m(x)[x] < 5
    for q in o: print(q, sep="")
    return -x if x else not o
for u in units(f.__code__): print(*u)
print(set(len(opcode.opname[o]) > 0 for o in f.__code__.co_code[::2]))
