import ast
src = "class A:\n    def m(self, x=1.5):\n        return {k: -v for k, v in x.items() if v not in (1, 'a')}\nimport os.path as p\n"
tree = ast.parse(src)
print([type(n).__name__ for n in ast.walk(tree)])
class V(ast.NodeVisitor):
    def __init__(self): self.depth = 0
    def generic_visit(self, node):
        print("  " * self.depth + type(node).__name__)
        self.depth += 1
        super().generic_visit(node)
        self.depth -= 1
    def visit_Name(self, node): print("  " * self.depth + "name", node.id, type(node.ctx).__name__)
    def visit_Constant(self, node): print("  " * self.depth + "const", repr(node.value))
V().visit(tree)
print([type(c).__name__ for c in ast.iter_child_nodes(tree.body[0].body[0])])
ast.increment_lineno(tree, 10)
print(tree.body[0].lineno, tree.body[1].lineno)
class Fold(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant):
            return ast.copy_location(ast.Constant(eval(ast.unparse(node))), node)
        return node
print(ast.unparse(Fold().visit(ast.parse("x = (1 + 2) * y + 3 * 4"))))
