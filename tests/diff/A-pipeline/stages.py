import tokenize, io, ast, dis, symtable
src = "total = sum(x * 2 for x in range(5))\nprint(total)\n"
for t in tokenize.generate_tokens(io.StringIO(src).readline):
    print(t.type, tokenize.tok_name[t.exact_type], repr(t.string), t.start, t.end)
tree = ast.parse(src)
print(ast.dump(tree, indent=1))
code = compile(tree, "<stage>", "exec")
dis.dis(code)
table = symtable.symtable(src, "<stage>", "exec")
def show(t, depth=0):
    print(" " * depth, t.get_type(), t.get_name(), [str(s.get_name()) + ("L" if s.is_local() else "") + ("G" if s.is_global() else "") + ("P" if s.is_parameter() else "") for s in t.get_symbols()])
    for c in t.get_children(): show(c, depth + 1)
show(table)
exec(code)
