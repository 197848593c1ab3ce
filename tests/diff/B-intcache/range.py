def f():
    out = []
    for n in range(-8, 260):
        a = int(str(n)); b = int(str(n))
        if a is not b: out.append(n)
    return out
print(f())
x = 256; y = int("256"); print(x is y); x = 257; y = int("257"); print(x is y)
a = 100; b = 156; print((a + b) is 256 if False else (a + b) is y - 1 if False else id(a + b) == id(256), id(a + b + 1) == id(257))
print(len([1, 2]) is len("ab"), ord("a") is ord("a"), hash(5) is hash(5), (-5 * 1) is (-10 // 2) if False else id(-10 // 2) == id(-5))
print(id(2 ** 8) == id(int("256")), id(int(5.0)) == id(5), id(round(5.4)) == id(5), id(1000 - 995) == id(5), id(True + 4) == id(5), True is 1 if False else id(True) == id(1))
i = 10**20; j = i - 10**20 + 7; print(id(j) == id(7), id(divmod(1007, 1000)[1]) == id(7), id(int.from_bytes(b"\x07")) == id(7), id(sum([3, 4])) == id(7))
