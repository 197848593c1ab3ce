# _interpreters: making, naming and ending interpreters; scripts, functions and calls; what each of them refuses.
import _interpreters as I
import re
import types


def t(f, *a, **k):
    try:
        out = repr(f(*a, **k))
    except BaseException as e:
        out = f'{type(e).__qualname__}: {e} | cause {e.__cause__!r} | context {e.__context__!r}'
    print(f.__name__, re.sub(r'0x[0-9a-f]+', '0x', f'{a} {k}: {out}'))


def f():
    print('f runs in', I.get_current()[0])


def with_arg(a):
    pass


def returns():
    return 1


def sets_global():
    global zz
    zz = 3


def uses_global():
    return unknown


class X(int):
    pass


a = I.create()
b = I.create('legacy')
print(a, b, I.list_all(), I.get_main(), I.get_current(), I.whence(a), I.whence(0))
t(I.exec, a, '1/0')
t(I.exec, a, 'return 1')
t(I.exec, a, b'x = 1')
t(I.exec, a, 5)
t(I.exec, a, '')
t(I.exec, a, 'a\0b')
t(I.exec, a, 'raise SystemExit(3)')
t(I.exec, a, 'def f(: x')
t(I.exec, a, 'class E(Exception): pass\ntry: raise E(1)\nexcept E as e: raise ValueError(2) from e')
for id in (99, 'a', -1, 2**70, 1.5, 0, True):
    t(I.exec, id, '1')
t(I.exec, a, 'print(x, y)', {'x': 1, 'y': (1, 'a\udc80', b'b', 1.5, None, True)})
for shared in ({'x': object}, {'x': (1, [2])}, {'x': 2**80}, {'x': 2**63}, {'x': -2**63}, {1: 1}, {'a\0': 1}, [], {}, None):
    t(I.exec, a, 'pass', shared)
for code in (f, with_arg, returns, sets_global, print, f.__code__, lambda: None):
    t(I.exec, a, code)
t(I.exec, a, 'print(zz)')
t(I.run_string, a, f)
t(I.run_string, a, 5)
t(I.run_string, a, 'print("string")')
t(I.run_func, a, 'x')
t(I.run_func, a, with_arg)
t(I.run_func, a, f)

t(I.call, a, returns)
t(I.call, a, with_arg)
t(I.call, a, with_arg, (1,))
t(I.call, a, with_arg, (), {'a': 1})
t(I.call, a, len, ('abc',))
t(I.call, a, 5)
t(I.call, a, lambda: 5)
t(I.call, a, lambda x: x, ({1: [2]},))
t(I.call, a, lambda x, *y, z=None: (x, y, z), (1, 2))
t(I.call, a, lambda x: [x, {x}], (1.5,))
t(I.call, a, lambda: (lambda: 1)())
t(I.call, a, lambda: [].pop())
t(I.call, a, uses_global)
t(I.call, a, lambda: open)
t(I.call, a, lambda: (i for i in ()))
t(I.call, a, with_arg, [1])
t(I.call, a, with_arg, (1,), 2)
t(I.call, a, eval, ('__name__',))
t(I.call, a, dir)

t(I.set___main___attrs, a, {})
t(I.set___main___attrs, a, {'q': 1})
t(I.set___main___attrs, a, {'q': [1]})
t(I.exec, a, 'print(q)')
t(I.is_running, a)
t(I.is_running, 0)
t(I.exec, a, f'import _interpreters as I; print(I.is_running({a}), I.is_running(0)); I.destroy({a})')
t(I.exec, a, f'import _interpreters as I; I.exec({a}, "1")')
t(I.exec, a, f'import _interpreters as I; print(I.exec({b}, "print(1)"), I.exec(0, "1"))')
for o in (1, 2**80, 'a', b'a', None, True, 1.5, (1, []), [], {}, f, len, X(), 2j, memoryview(b''), bytearray(), range(1)):
    print(type(o).__name__, I.is_shareable(o))

t(I.incref, a)
t(I.decref, a)
print(I.list_all())
t(I.incref, a, implieslink=True)
t(I.decref, a)
print(I.list_all())
c = I.create(reqrefs=True)
I.incref(c)
I.incref(c)
I.decref(c)
print(c, I.list_all())
I.decref(c)
print(I.list_all())
t(I.destroy, 0)
t(I.destroy, b)
t(I.destroy, b)
for op in (I.destroy, I.is_running, I.get_config, I.incref, I.decref):
    t(op, 0, restrict=True)
t(I.exec, 0, '1', restrict=True)
t(I.get_config, None, restrict=True)
t(I.capture_exception)
t(I.capture_exception, ValueError(3))
t(I.capture_exception, 5)
try:
    1 / 0
except Exception as e:
    t(I.capture_exception)
    print(I.capture_exception(e).formatted)

for name in ('isolated', 'legacy', 'empty', 'default', ''):
    t(I.new_config, name)
t(I.new_config)
t(I.new_config, 'bad')
t(I.new_config, use_main_obmalloc=True, gil='x')
t(I.new_config, foo=1, bar=2)
t(I.new_config, gil='default')
t(I.new_config, gil=3)
t(I.new_config, 1)
t(I.new_config, allow_fork=1)
t(I.create, 'bad')
t(I.create, '\udc80')
t(I.create, 1)
t(I.create, types.SimpleNamespace())
t(I.create, types.SimpleNamespace(**{**vars(I.new_config()), 'x': 1}))
t(I.create, I.new_config('empty'))
d = I.create(I.new_config('isolated', gil='default', use_main_obmalloc=True))
print(d, I.get_config(d), I.get_config(0), I.get_config(None) == I.get_config(0), sep='\n')
I.destroy(d)
