import warnings
for src in ("x is 1", "x is not 'a'", "x is 1.5", "x is ()", "x is (1, 2)", "x is b'a'", "1 is 2", "x is -1", "x is None", "x is ...", "x is True", "x is f'{y}'", "x is []", "x is 1 is 2", "1 is x is not 3j",
            "()()", "1()", "'a'()", "[1](2)", "{}()", "{1}()", "f'{x}'()", "(lambda: 1)()", "[1][2, 3]", "[1]['a']", "'abc'['x']", "(1, 2)[1.5]", "1[0]", "{1}[0]", "1.5[0]", "(lambda: 0)[1]", "(x for x in y)[0]", "None[0]", "f'a'[b'x']",
            "assert (x, 'msg')", "assert ()", "'\\d'", "b'\\d'", "'\\400'", "b'\\777'", "f'\\d{x}'", "1if x else y", "0x1for x in y", "1or 2", "0b1and 2", "1_0in x", "def f():\n try: pass\n finally: return 1", "for x in y:\n try: pass\n finally: break", "while x:\n try: pass\n finally:\n  for a in b: continue\n  continue", "def f():\n try: x\n finally:\n  def g(): return 1"):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: compile(src, "<w>", "exec")
        except SyntaxError as e: print(repr(src), "SyntaxError", e)
        print(repr(src), [(x.category.__name__, str(x.message), x.lineno) for x in w])
