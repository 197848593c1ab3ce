import dis
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
dis.dis(fib); c = fib.__code__
print(c.co_consts, c.co_names, c.co_varnames, c.co_stacksize, c.co_nlocals, c.co_argcount, hex(c.co_flags), c.co_firstlineno, c.co_name, c.co_code.hex())
print([fib(i) for i in range(15)]); dis.dis(fib, show_caches=True); print(dis.code_info(fib).replace(__file__, "FILE"))
