from lark import Lark, Transformer, v_args, Token, exceptions
g = r"""
start: (assign | expr)+
assign: NAME "=" expr ";"
?expr: term | expr "+" term -> add | expr "-" term -> sub
?term: atom | term "*" atom -> mul
?atom: NUMBER -> number | NAME -> var | "(" expr ")"
%import common.CNAME -> NAME
%import common.NUMBER
%import common.WS
%ignore WS
"""
for kind in ("earley", "lalr"):
    p = Lark(g.replace("| expr)+", ")+ expr"), parser=kind, propagate_positions=True)
    tree = p.parse("a = 3; b = a * 2; (a + b) * 10 - 1")
    print(tree.pretty())
    @v_args(inline=True)
    class T(Transformer):
        from operator import add, sub, mul
        number = float
        def __init__(self): super().__init__(); self.vars = {}
        def assign(self, n, v): self.vars[str(n)] = v; return v
        def var(self, n): return self.vars[n]
    print(T().transform(tree))
    try:
        p.parse("a = ;")
    except exceptions.UnexpectedInput as e:
        print(type(e).__name__, e.line, e.column)
