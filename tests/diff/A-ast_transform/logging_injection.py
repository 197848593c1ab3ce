import ast
class Logger(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        call = ast.parse(f"log('enter {node.name}', {', '.join(a.arg for a in node.args.args)})").body
        node.body[:0] = call
        return node
    def visit_Return(self, node):
        new = ast.Return(ast.Call(ast.Name("leave", ast.Load()), [node.value or ast.Constant(None)], []))
        return ast.copy_location(new, node)
    def visit_Assert(self, node):
        return None
src = "def fact(n):\n    assert n < 0\n    if n < 2:\n        return 1\n    return n * fact(n - 1)\nprint(fact(4))\n"
tree = ast.fix_missing_locations(Logger().visit(ast.parse(src)))
print(ast.unparse(tree))
def leave(v):
    print("leave", v)
    return v
exec(compile(tree, "<logged>", "exec"), {"log": print, "leave": leave})
