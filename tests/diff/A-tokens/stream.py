import tokenize, io, token
def show(src):
    print("---", repr(src))
    try:
        for t in tokenize.tokenize(io.BytesIO(src.encode()).readline):
            print(t)
    except (tokenize.TokenError, SyntaxError) as e:
        print(type(e).__name__, e.args)
show("x=1\n")
show("if a:\n    b = 'c' # note\n\n\tc\n")
show("if a:\n    b\n  c\n")
show("f'{a!r:>{w}} {{}} {b=}' + rb'\\x' t'{c}'")
show("(1,\n 2)")
show("x = (")
show("'abc")
show("a := 0x_ff + 1_0.5e-3j // 0b11 -> ... ; async λ\n")
show("\\\n  x")
print({k: v for k, v in vars(token).items() if isinstance(v, int)})
print(token.ISTERMINAL(3), token.ISNONTERMINAL(300), token.ISEOF(0), token.EXACT_TOKEN_TYPES[":="])
