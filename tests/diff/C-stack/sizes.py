import dis
for s in ("a", "a + b", "f(a, b, c)", "f(*a, **b)", "[a, b, c, d]", "a < b < c", "{a: b for a in c}", "a if b else c", "f'{a}{b:{c}}'", "a[b:c]", "lambda: 0", "(a, (b, (c, (d, e))))", "a.b(c.d(e.f(g)))", "[1, 2, 3, *a]", "{**a, **b}", "a and b and c", "await_(x)(y)", "(" + ",".join("a" for _ in range(40)) + ")", "{" + ",".join("a:b" for _ in range(20)) + "}", "[" + ",".join("a" for _ in range(35)) + "]", "f(" + ",".join(f"k{i}=a" for i in range(20)) + ")"):
    print(s[:30], compile(s, "", "eval").co_stacksize)
for s in ("with a as b: c", "try: a\nexcept B as c: d\nfinally: e", "for a in b: c", "class A(B): c = 1", "import a.b.c as d", "match a:\n case [b, {'c': d}]: e", "def f(a=1, *, b=2) -> c: pass", "async def f():\n async with a: await b", "a, (b, *c), d = e", "x: int = 1", "del a[b:c]", "while a: b", "type X[T] = T", "with a, b, c, d: e"):
    def mx(c): return [c.co_stacksize] + [x for k in c.co_consts if hasattr(k, "co_code") for x in mx(k)]
    print(repr(s[:30]), mx(compile(s, "", "exec")))
