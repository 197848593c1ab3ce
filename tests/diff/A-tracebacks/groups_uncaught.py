def leaf(n):
    if n % 2: raise ValueError(f"odd {n}")
    raise TypeError(f"even {n}")
def collect(r):
    errs = []
    for i in r:
        try: leaf(i)
        except Exception as e: errs.append(e)
    return errs
try:
    raise ExceptionGroup("first", collect(range(2)))
except ExceptionGroup as eg:
    a, b = eg.split(ValueError)
    print(a, b, a.exceptions, b.exceptions)
    print(eg.subgroup(lambda e: "odd" in str(e)), eg.derive([OSError()]))
    raise ExceptionGroup("outer", [eg, *collect(range(2, 20))]) from LookupError("cause")
