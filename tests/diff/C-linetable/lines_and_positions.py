import dis
def f(a,
      b):
    x = [i
         for i in a
         if i]

    return (x +
            b)
c = f.__code__
print(list(c.co_lines())); print(list(c.co_positions())); print(list(dis.findlinestarts(c))); print(c.co_linetable.hex())
m = compile("x = 1\n\n\nif x:\n  y = (2 +\n x)\nelse: pass\nfor i in z: break\n", "<s>", "exec")
print(list(m.co_lines())); print(list(m.co_positions())); print(m.co_linetable.hex(), m.co_firstlineno)
