import sys
a = "hello_world"; b = "hello_world"; print(a is b)
ns = {}
exec("c = 'hello_world'; d = 'hello world!'", ns); exec("e = 'hello world!'", ns)
print(ns["c"] is a, ns["d"] is ns["e"])
r = "".join(["hello", "_world"]); print(r is a, r == a, sys.intern(r) is a)
print("".join(["x"]) is "x"[0:1] if False else id("".join(["x"])) == id("axb"[1]), id("") == id("abc"[3:]), id(chr(233)) == id("é"))
class A:
    some_name = 1
print([k for k in vars(A) if k == "some_name"][0] is sys.intern("some_name"))
def f(argument_name): local_name = 1
print(all(sys._is_interned(n) for n in f.__code__.co_varnames), sys._is_interned("not an identifier".upper()), sys._is_interned("abc"))
print([sys._is_interned(s) for s in ("a", "a b", "", "é", "\u20ac", "a" * 5000)], sys._is_interned("".join(["a", "b"])))
print(id("a" * 20) == id("aaaaaaaaaaaaaaaaaaaa"), [c for c in ("%s" % "x", str("y"), format("z"))])
