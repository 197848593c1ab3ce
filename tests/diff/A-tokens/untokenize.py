import tokenize, io
src = '''def f(x,  y = 2) :
    """doc"""
    if x  and\\
       y: # hi
        return  f"{x!r:>10}{{}} {y}"

class A: pass
'''
toks = list(tokenize.generate_tokens(io.StringIO(src).readline))
print(tokenize.untokenize(toks) == src)
print(tokenize.untokenize(toks))
print(tokenize.untokenize([(t.type, t.string) for t in toks]))
try:
    tokenize.untokenize([(1, "x", (5, 0), (5, 1), "x"), (1, "y", (4, 0), (4, 1), "y")])
except ValueError as e:
    print(e)
