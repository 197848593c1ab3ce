import ast
src = "def f(a,\n      b=1):\n    return [x.y(z)\n            for x in 'é€' + a if x]\nw = f'{ab!r:>{c}}' \\\n  'tail'\n"
tree = ast.parse(src)
for n in ast.walk(tree):
    if hasattr(n, "lineno"):
        print(type(n).__name__, n.lineno, n.col_offset, n.end_lineno, n.end_col_offset, repr(ast.get_source_segment(src, n)))
print(ast.get_docstring(ast.parse('"""  a\n     b\n  """')), list(ast.iter_fields(ast.parse("x", mode="eval").body)))
