a = 257; b = 257
print(a is b)
c = 1.5; d = 1.5; print(c is d)
e = (1, 2, "x"); f = (1, 2, "x"); print(e is f)
def g(): return 257
def h(): return 257
print(g() is h(), g() is a, g() is g())
exec("p = 257"); exec("q = 257"); print(p is q)
exec("r = 1000; s = 1000; t = 999 + 1"); print(r is s, r is t)
print(g.__code__.co_consts, (lambda: -5).__code__.co_consts, (lambda: 1000).__code__.co_consts, (lambda: 255).__code__.co_consts, (lambda: 256).__code__.co_consts)
k = 0.0; l = -0.0; m = 0; n = False; print(k is l, repr(k), repr(l), m is n, (lambda: (0, 0.0, -0.0, False, 0j, -0j)).__code__.co_consts)
print(float("1.5") is float("1.5"), "a" * 5 is "aaaaa" if False else id("a" * 5) == id("aaaaa"))
