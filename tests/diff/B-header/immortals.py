import sys
for v in (None, True, False, ..., NotImplemented, 0, 256, -5, "", (), b"", "a", "é", int, type, object, ValueError):
    print(repr(v), sys.getrefcount(v) > 2**30)
for v in (257, 10**9, 1.5, "run" + str(1), (1, str()), [], frozenset([1]), print):
    print(type(v).__name__, sys.getrefcount(v) < 1000)
print(sys._is_immortal(None), sys._is_immortal([]), sys._is_immortal(5), sys._is_immortal(500))
class A: pass
print(sys._is_immortal(A), sys._is_immortal(sys.intern("x_y_z" + str(0))))
