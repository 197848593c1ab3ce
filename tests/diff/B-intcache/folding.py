def f(): return (100 + 157, 257, 2 * 128 + 1, 514 // 2, 257)
r = f(); print([x is r[0] for x in r], f.__code__.co_consts)
def g(): x = 10 ** 3; y = 1000; return x is y
print(g(), g.__code__.co_consts)
def h(): return "ab" + "cd", "abcd", "abcd" * 2, "ab" * 0
a = h(); print(a[0] is a[1], h.__code__.co_consts)
def k(): return -(5), ~7, not 0, (1, 2)[1], "abc"[0], 2 ** 64, 1 << 5, 7 / 2, 5 % 3, "a" "b", (1, (2, 3)), -1.5, +3
print(k(), k.__code__.co_consts)
