import sys
def depth():
    f, n = sys._getframe(), 0
    while f: n += 1; f = f.f_back
    return n
def rec(n): return depth() if n == 0 else rec(n - 1)
base = depth(); print([rec(i) - base for i in (0, 1, 5, 100)])
def caller(): f = sys._getframe(1); return f.f_code.co_name, f.f_lineno
def x():
    return (caller(),
            caller())
print(x())
frames = []
def collect(n):
    frames.append(sys._getframe())
    if n: collect(n - 1)
collect(3); print([f.f_locals["n"] for f in frames], [f.f_back is p for f, p in zip(frames[1:], frames)])
def g():
    yield sys._getframe().f_back.f_code.co_name
    yield sys._getframe().f_back.f_code.co_name
def user1(i): return next(i)
def user2(i): return next(i)
i = g(); print(user1(i), user2(i))
import inspect; print([f.function for f in inspect.stack()], inspect.currentframe().f_lineno, inspect.stack()[0].code_context, inspect.getframeinfo(sys._getframe()).function)
