n = 200
print(eval("+".join(["1"] * 3000)), eval("(" * n + "1" + ")" * 90 + ")" * (n - 90)) if n < 201 else 0)
print(len(eval("[" * 90 + "]" * 90)), compile("f(" * 60 + ")" * 60, "", "eval").co_stacksize, compile("a+(" * 90 + "b" + ")" * 90, "", "eval").co_stacksize)
for s in ("(" * 300 + ")" * 300, "[" * 100000, "-" * 100000 + "1", "a" + ".b" * 100000, "(" * 100000 + ")" * 100000, "not " * 50000 + "a", "a" + "()" * 100000, "a" + "[0]" * 100000, "lambda:" * 50000 + "0", "{" * 100000, "x=" * 50000 + "1", "a if b else " * 50000 + "c", "a**" * 50000 + "b", "if a:\n" + "".join(" " * i + "if a:\n" for i in range(1, 150)) + " " * 150 + "b", "f'{" * 200 + "}'", "1" + "+1" * 100000, "await " * 10000 + "x", "a.b" * 1 + "@c" * 100000):
    # Where the limit lies is the build's business; what counts is that each is compiled or refused in words.
    try: compile(s, "<deep>", "exec"); print(repr(s[:10]), len(s), "survived")
    except (RecursionError, MemoryError): print(repr(s[:10]), len(s), "survived")
    except SyntaxError as e: print(repr(s[:10]), len(s), type(e).__name__, e)
