import pygments
from pygments.formatters import HtmlFormatter, NullFormatter, TerminalFormatter
from pygments.lexers import CLexer, JsonLexer, PythonLexer, get_lexer_by_name, guess_lexer
code = 'def f(x: int = 1) -> str:\n    """doc"""\n    return f"{x!r:>{5}}" + \'a\' # c\n'
for t, v in PythonLexer().get_tokens(code):
    print(t, repr(v))
print(pygments.highlight(code, PythonLexer(), HtmlFormatter(linenos=True)))
print(repr(pygments.highlight('{"a": [1, null]}', JsonLexer(), TerminalFormatter())))
print(pygments.highlight("int main(void) { return 0x1f; }", CLexer(), HtmlFormatter(nowrap=True)))
print(get_lexer_by_name("rst").name, guess_lexer("#!/usr/bin/python\nprint(1)").name)
print(HtmlFormatter(style="monokai").get_style_defs(".h")[:400])
