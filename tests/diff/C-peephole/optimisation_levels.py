import dis
src = '"""mod"""\nassert a, "m"\nif __debug__: b\nelse: c\nclass K:\n  "cls"\n  def m(self):\n    "meth"\n    assert 1\n    return 5\ndef only_doc():\n  "d"\nx = __debug__\n'
for level in (0, 1, 2):
    c = compile(src, "<o>", "exec", optimize=level, dont_inherit=True)
    print(level, c.co_consts[:1], c.co_names, len(c.co_code)); dis.dis(c, depth=0)
    for k in c.co_consts:
        if hasattr(k, "co_code"): print(k.co_name, [q for q in k.co_consts if not hasattr(q, "co_code")], hex(k.co_flags))
