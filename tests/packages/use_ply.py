import ply.lex as lex, ply.yacc as yacc
tokens = ("NUM", "PLUS", "TIMES", "LP", "RP")
t_PLUS = r"\+"; t_TIMES = r"\*"; t_LP = r"\("; t_RP = r"\)"; t_ignore = " "
def t_NUM(t):
    r"\d+"
    t.value = int(t.value)
    return t
def t_error(t):
    print("bad", t.value[0], t.lexpos); t.lexer.skip(1)
precedence = (("left", "PLUS"), ("left", "TIMES"))
def p_expr_op(p):
    """expr : expr PLUS expr
            | expr TIMES expr"""
    p[0] = p[1] + p[3] if p[2] == "+" else p[1] * p[3]
def p_expr_paren(p):
    "expr : LP expr RP"
    p[0] = p[2]
def p_expr_num(p):
    "expr : NUM"
    p[0] = p[1]
def p_error(p):
    print("syntax error at", p)
lexer = lex.lex()
parser = yacc.yacc(debug=False, write_tables=False)
lexer.input("1 + ?2")
print([(t.type, t.value, t.lexpos) for t in lexer])
for s in ("1+2*3", "(1+2)*3", "1+", "2 2"):
    print(s, parser.parse(s, lexer=lexer.clone()))
