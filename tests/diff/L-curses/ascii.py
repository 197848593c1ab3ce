# curses.ascii: names, kinds, and what functions make of characters and numbers.
from curses import ascii

print(ascii.controlnames, [getattr(ascii, n) for n in (*ascii.controlnames, 'DEL', 'TAB', 'NL')])
print([n for n in dir(ascii) if not n.startswith('_')])
for name in dir(ascii):
    f = getattr(ascii, name)
    if name.startswith('_') or not callable(f):
        continue
    codes = [*range(-2, 300), 0x110000]
    if name.startswith('is'):
        print(name, ''.join('01'[bool(f(c))] for c in codes), all(f(chr(c)) == f(c) for c in range(300)))
    else:
        print(name, [f(c) for c in codes], __builtins__.ascii([f(chr(c)) for c in range(260)]))
    for wrong in '', 'ab', None, 1.5:
        try:
            result = f(wrong)
        except TypeError as e:
            result = type(e).__name__
        print(name, repr(wrong), result)
