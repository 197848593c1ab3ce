import jmespath
d = {"a": [{"n": 1, "t": ["x"]}, {"n": 3, "t": []}], "b": {"c": None}}
for q in ("a[*].n", "a[?n > `2`]", "a[].t[]", "length(a)", "sort_by(a, &n)[-1].n", "b.{x: c, y: @}", "a[0:1]", "max_by(a, &n)", "join(',', a[].t[])", "a[-1]", "to_string(b)"):
    print(q, jmespath.search(q, d))
print(jmespath.compile("a[*].b || c").parsed)
for q in ("a[", "foo(", "length(`1`)"):
    try: print(jmespath.search(q, d))
    except Exception as e: print(type(e).__name__, e)
