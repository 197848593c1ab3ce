import ast, warnings
warnings.simplefilter("always")
def t(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try:
            r = f()
            print(ast.dump(r, show_empty=True) if isinstance(r, ast.AST) else r)
        except Exception as e:
            print(type(e).__name__, e)
        for x in w: print("  warning:", x.category.__name__, x.message)
t(lambda: ast.Name("x"))
t(lambda: ast.Name("x", ast.Store(), 3))
t(lambda: ast.Name("x", id="y"))
t(lambda: ast.FunctionDef("f"))
t(lambda: ast.Call(ast.Name("f")))
t(lambda: ast.Name(id="a", foo=1))
t(lambda: ast.Constant(1, kind="u"))
t(lambda: ast.Name._fields + ast.Name._attributes + ast.FunctionDef._fields)
t(lambda: ast.Name.__match_args__)
t(lambda: ast.FunctionDef.__doc__)
t(lambda: ast.expr.__doc__)
t(lambda: ast.FunctionDef._field_types)
t(lambda: repr(ast.Name("x", ast.Load())))
t(lambda: ast.compare(ast.parse("a+b"), ast.parse("a +  b")))
t(lambda: ast.Num)
n = ast.Name("x", ast.Load())
n.extra = 1
print(n.__dict__, isinstance(n, ast.expr), ast.Name.__mro__)
import copy
t(lambda: copy.replace(n, id="z"))
t(lambda: copy.replace(n, foo="z"))
