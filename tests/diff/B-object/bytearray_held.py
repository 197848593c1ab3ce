# What the arguments of a method run may not resize the bytearray that it works on.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Clearing:
    def __init__(self, b):
        self.b = b

    def __index__(self):
        self.b.clear()
        return 65

    def __repr__(self):
        self.b.clear()
        return 'x'


for name in ('find', 'rfind', 'index', 'rindex', 'count'):
    b = bytearray(b'A')
    attempt(lambda: getattr(b, name)(Clearing(b)))
b = bytearray(b'A')
attempt(lambda: Clearing(b) in b)
b = bytearray(b'%a end')
attempt(lambda: b % Clearing(b))
b = bytearray(b',')


def parts():
    b.clear()
    yield b'a'


attempt(lambda: b.join(parts()))
b.clear()
print(b)

for source in ([1, 2, 1000], (1, 2, 1000), iter([1, 2, 1000]), range(254, 258), [1, 'a'], {3: 0, 1000: 0}):
    b = bytearray(b'abc')
    attempt(lambda: b.__init__(source))
    print(b)


class Resizing:
    def __init__(self, f):
        self.f = f

    def __buffer__(self, flags):
        self.f()
        return memoryview(b'12')


for f in (lambda: b.clear(), lambda: b.extend(b'yyyy'), lambda: b.__delitem__(slice(2, None))):
    b = bytearray(b'xxxx')
    b.extend(Resizing(f))
    print(b)

seq = [b'a', Resizing(lambda: seq.clear()), b'c']
attempt(lambda: b'-'.join(seq))
attempt(lambda: bytearray(b'-').join([b'a', Resizing(lambda: None), b'c']))
