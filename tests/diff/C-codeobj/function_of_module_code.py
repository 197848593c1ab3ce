# A function made of code that is no function's body: its globals are its locals too.
import types
import warnings

code = compile('x = 1\ndef f(): return x\ny = f()', '<m>', 'exec')
ns = {'__builtins__': __builtins__}
print(types.FunctionType(code, ns)(), ns['x'], ns['y'])
for _ in range(20):
    types.FunctionType(code, ns)()
print(eval(compile('locals() is globals()', '<m>', 'eval'), {}), types.FunctionType(compile('locals() is globals()', '<m>', 'eval'), ns)())


def plain():
    return 1


def gen():
    yield 1


with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    plain.__code__ = gen.__code__
    print([(w.category.__name__, str(w.message)) for w in seen])
print(list(plain()))

ns = {'type': type, '__builtins__': {'None': None}}
exec('def f(): pass\ng = type(f)(f.__code__, {})', ns)
print(ns['f'].__builtins__, ns['g'].__builtins__, ns['g'].__globals__)
print(eval('x.__reduce__()', {'__builtins__': types.MappingProxyType({'iter': iter}), 'x': iter([1, 2])}))
try:
    eval('x.__reduce__()', {'__builtins__': types.MappingProxyType({}), 'x': iter([1, 2])})
except AttributeError as e:
    print('AttributeError', e)
print(str.maketrans.__self__, str.maketrans.__qualname__, bytes.maketrans, dict.fromkeys.__self__)
