import code, sys
class Console(code.InteractiveConsole):
    def __init__(self, lines):
        super().__init__({"__name__": "__console__"})
        self.lines = iter(lines)
    def raw_input(self, prompt=""):
        try:
            line = next(self.lines)
        except StopIteration:
            raise EOFError
        print(prompt + line)
        return line
    def write(self, data):
        sys.stdout.write(data)
Console([
    "x = [i * i for i in range(4)]", "x", "class A:", "    def f(self): return self.missing", "",
    "A().f()", "if x:", "    print('yes')", "else:", "    print('no')", "", "1 +", "'unclosed", '"""a', 'b"""', "x[0", "]",
    "x[", "9]",
]).interact("banner", "bye")
print(code.compile_command("if 1:"), code.compile_command("x ="[:1]) is not None)
for src in ("a b", "(", "def f():", "@dec", "'''", "\\"):
    try:
        print(repr(src), code.compile_command(src))
    except SyntaxError as e:
        print(repr(src), e.msg)
