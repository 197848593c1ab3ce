"""Names in code with a namespace: bound, deleted, bound again at another place, in dicts of every kind."""
import builtins

SOURCE = '''
for i in range(4):
    a = i
    b = a
    if i == 1:
        del a
        c = 5
        a = 'again'
    total = [a, b, i, len([a])]
'''
for make in (dict, lambda: {1: 2}, lambda: {'z': 0, 'a': 9}, lambda: dict.fromkeys('abcdefgh', 0)):
    space = make()
    code = compile(SOURCE, 'source', 'exec')
    for _ in range(3):
        exec(code, space)
        space.pop('__builtins__')
        print(space)
        space = make()


class Logged(dict):
    def __getitem__(self, key):
        print('get', key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print('set', key)
        super().__setitem__(key, value)


code = compile('x = 1\nx\ny = x\nlen', 'source', 'exec')
for space in ({}, Logged(), {}, Logged(x=3)):
    exec(code, {'__builtins__': builtins}, space)
    print(dict(space))


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('dies', self.name, sorted(k for k in globals() if k in ('one', 'two')))


for k in range(3):
    one = Dies(k)
    two = one
    one = None
    if k == 1:
        del two
        two = 5
    two = None
for name in ('first', 'second'):
    try:
        if name == 'second':
            del value
            value
        value = name
        print(value)
    except NameError as error:
        print(error)
for k in range(3):
    if k == 1:
        def len(x):
            return 'mine'
    if k == 2:
        del len
    print(len('abc'))
