from pycparser import c_parser, c_ast, c_generator
src = "typedef unsigned int u32; struct s { int a:3; char *b[4]; }; static u32 f(int x, const char *y) { for (int i = 0; i < x; i++) { if (y[i] == 'a') return i << 2; else continue; } return sizeof(struct s); }"
ast = c_parser.CParser().parse(src)
ast.show(attrnames=True, nodenames=True)
print(c_generator.CGenerator().visit(ast))
class V(c_ast.NodeVisitor):
    def visit_ID(self, n): print(n.name, n.coord)
V().visit(ast)
try: c_parser.CParser().parse("int x = ;")
except Exception as e: print(type(e).__name__, e)
