import dis
def f(x, y=[1]):
    while x:
        x = x.attr[y](*x, **y) if x > 1 else f"{x!r:>10}"
        if x is None: break
    return x not in y
for i in dis.get_instructions(f, show_caches=False):
    print(i.opname, i.opcode, i.baseopname, i.baseopcode, i.arg, repr(i.argval), i.argrepr, i.offset, i.start_offset, i.starts_line, i.line_number, i.label, i.is_jump_target, i.oparg, i.jump_target, i.cache_offset, i.end_offset, i.cache_info)
i = next(iter(dis.get_instructions("a"))); print(i); print(i._fields)
print(list(dis.findlabels(f.__code__.co_code)), dis.Positions._fields)
