"""A small language: a hand-written scanner and parser, a tree-walking evaluator, and a stack machine."""


class Token:
    def __init__(self, kind, text, line):
        self.kind = kind
        self.text = text
        self.line = line


KEYWORDS = {'let', 'while', 'if', 'else', 'print', 'end'}


def scan(source):
    tokens = []
    i, line, size = 0, 1, len(source)
    while i < size:
        ch = source[i]
        if ch == '\n':
            line += 1
            i += 1
        elif ch.isspace():
            i += 1
        elif ch.isalpha() or ch == '_':
            start = i
            while i < size and (source[i].isalnum() or source[i] == '_'):
                i += 1
            word = source[start:i]
            tokens.append(Token(word if word in KEYWORDS else 'name', word, line))
        elif ch.isdigit():
            start = i
            while i < size and source[i].isdigit():
                i += 1
            tokens.append(Token('number', source[start:i], line))
        elif source[i:i + 2] in ('==', '<=', '!='):
            tokens.append(Token(source[i:i + 2], source[i:i + 2], line))
            i += 2
        else:
            tokens.append(Token(ch, ch, line))
            i += 1
    tokens.append(Token('eof', '', line))
    return tokens


class Parser:
    LEVELS = (('==', '!=', '<', '<='), ('+', '-'), ('*', '/', '%'))

    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def peek(self):
        return self.tokens[self.at].kind

    def take(self, kind=None):
        token = self.tokens[self.at]
        if kind is not None and token.kind != kind:
            raise SyntaxError(f'line {token.line}: wanted {kind}, found {token.text!r}')
        self.at += 1
        return token

    def block(self):
        body = []
        while self.peek() not in ('end', 'else', 'eof'):
            body.append(self.statement())
        return body

    def statement(self):
        match self.peek():
            case 'let':
                self.take()
                name = self.take('name').text
                self.take('=')
                return ('let', name, self.expression(0))
            case 'while':
                self.take()
                test = self.expression(0)
                body = self.block()
                self.take('end')
                return ('while', test, body)
            case 'if':
                self.take()
                test = self.expression(0)
                body, other = self.block(), []
                if self.peek() == 'else':
                    self.take()
                    other = self.block()
                self.take('end')
                return ('if', test, body, other)
            case _:
                self.take('print')
                return ('print', self.expression(0))

    def expression(self, level):
        if level == len(self.LEVELS):
            return self.atom()
        left = self.expression(level + 1)
        while self.peek() in self.LEVELS[level]:
            operator = self.take().kind
            left = ('binary', operator, left, self.expression(level + 1))
        return left

    def atom(self):
        token = self.take()
        if token.kind == 'number':
            return ('number', int(token.text))
        if token.kind == 'name':
            return ('name', token.text)
        if token.kind == '(':
            inner = self.expression(0)
            self.take(')')
            return inner
        raise SyntaxError(f'line {token.line}: {token.text!r}')


def evaluate(node, scope):
    kind = node[0]
    if kind == 'number':
        return node[1]
    if kind == 'name':
        return scope[node[1]]
    _, operator, left, right = node
    a, b = evaluate(left, scope), evaluate(right, scope)
    if operator == '+':
        return a + b
    if operator == '-':
        return a - b
    if operator == '*':
        return a * b
    if operator == '/':
        return a // b
    if operator == '%':
        return a % b
    if operator == '<':
        return a < b
    if operator == '<=':
        return a <= b
    return (a == b) == (operator == '==')


def execute(body, scope, out):
    for node in body:
        match node:
            case ('let', name, value):
                scope[name] = evaluate(value, scope)
            case ('while', test, inner):
                while evaluate(test, scope):
                    execute(inner, scope, out)
            case ('if', test, inner, other):
                execute(inner if evaluate(test, scope) else other, scope, out)
            case ('print', value):
                out.append(evaluate(value, scope))


PUSH, LOAD, STORE, JUMP, JUMP_FALSE, PRINT, ADD, SUB, MUL, DIV, MOD, LT, LE, EQ, NE, HALT = range(16)
BINARY = {'+': ADD, '-': SUB, '*': MUL, '/': DIV, '%': MOD, '<': LT, '<=': LE, '==': EQ, '!=': NE}


class Compiler:
    def __init__(self):
        self.code = []
        self.slots = {}

    def emit(self, op, arg=0):
        self.code.append([op, arg])
        return len(self.code) - 1

    def slot(self, name):
        return self.slots.setdefault(name, len(self.slots))

    def value(self, node):
        if node[0] == 'number':
            self.emit(PUSH, node[1])
        elif node[0] == 'name':
            self.emit(LOAD, self.slot(node[1]))
        else:
            self.value(node[2])
            self.value(node[3])
            self.emit(BINARY[node[1]])

    def body(self, body):
        for node in body:
            kind = node[0]
            if kind == 'let':
                self.value(node[2])
                self.emit(STORE, self.slot(node[1]))
            elif kind == 'print':
                self.value(node[1])
                self.emit(PRINT)
            elif kind == 'while':
                top = len(self.code)
                self.value(node[1])
                leave = self.emit(JUMP_FALSE)
                self.body(node[2])
                self.emit(JUMP, top)
                self.code[leave][1] = len(self.code)
            else:
                self.value(node[1])
                skip = self.emit(JUMP_FALSE)
                self.body(node[2])
                leave = self.emit(JUMP)
                self.code[skip][1] = len(self.code)
                self.body(node[3])
                self.code[leave][1] = len(self.code)


def interpret(code, size):
    stack, slots, out, at = [], [0] * size, [], 0
    push, pop = stack.append, stack.pop
    while True:
        op, arg = code[at]
        at += 1
        if op == PUSH:
            push(arg)
        elif op == LOAD:
            push(slots[arg])
        elif op == STORE:
            slots[arg] = pop()
        elif op == JUMP:
            at = arg
        elif op == JUMP_FALSE:
            if not pop():
                at = arg
        elif op == PRINT:
            out.append(pop())
        elif op == HALT:
            return out
        else:
            b = pop()
            a = pop()
            if op == ADD:
                push(a + b)
            elif op == SUB:
                push(a - b)
            elif op == MUL:
                push(a * b)
            elif op == DIV:
                push(a // b)
            elif op == MOD:
                push(a % b)
            elif op == LT:
                push(a < b)
            elif op == LE:
                push(a <= b)
            elif op == EQ:
                push(a == b)
            else:
                push(a != b)


PROGRAM = '''
let n = 2
let count = 0
while n < LIMIT
  let d = 2
  let prime = 1
  while d * d <= n
    if n % d == 0
      let prime = 0
      let d = n
    else
      let d = d + 1
    end
  end
  if prime == 1
    let count = count + 1
    if count % 50 == 0 print n end
  end
  let n = n + 1
end
print count * (1 + 2) - n / 3
'''


def run(n):
    source = PROGRAM.replace('LIMIT', str(n))
    trees = [Parser(scan(source)).block() for _ in range(n // 20)]
    out = []
    execute(trees[0], {}, out)
    compiler = Compiler()
    compiler.body(trees[-1])
    compiler.emit(HALT)
    again = interpret(compiler.code, len(compiler.slots))
    assert out == again
    return len(trees), out[-1], sum(out), len(compiler.code)


print(run(12_000))
