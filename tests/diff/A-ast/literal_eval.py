import ast
for s in ("[1, -2.5, 'a', b'b', (None, True), {1: {2}}, set(), ...]", "1+2j", "-3-4.5j", "1+2", "f()", "x", " 1", "\n1", "{**a}", "'a' 'b'", "(", "1 if 1 else 2", "-'a'", "__import__('os')", "{1}", "3 - -2j", "+1", "--1", "[1,]*2"):
    try:
        print(repr(s), repr(ast.literal_eval(s)))
    except Exception as e:
        print(repr(s), type(e).__name__, e)
