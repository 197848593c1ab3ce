def f(): return 5 + x
x = 10
c = f.__code__
import opcode
b = bytearray(c.co_code)
i = b.index(opcode.opmap["LOAD_SMALL_INT"]); b[i + 1] = 32
f.__code__ = c.replace(co_code=bytes(b)); print(f())
i = b.index(opcode.opmap["BINARY_OP"]); b[i + 1] = opcode._nb_ops.index(("NB_MULTIPLY", "*")); f.__code__ = c.replace(co_code=bytes(b)); print(f())
g = (lambda: "ret").__code__; h = g.replace(co_consts=("other",)); print(eval(h), eval(g))
def add(a, b): return a + b
add.__code__ = add.__code__.replace(co_code=bytes(add.__code__.co_code).replace(bytes([opcode.opmap["BINARY_OP"], 0]), bytes([opcode.opmap["BINARY_OP"], 10]))); print(add(7, 3))
