import dis
def outer(a):
    b = 1
    def inner(c=b, *, k: int = a):
        nonlocal b
        b += a
        return lambda: (a, b, c)
    class K:
        d = a
        def m(self): return __class__, b
    return inner, K, [lambda: i for i in range(3)]
dis.dis(outer)
