# What an interpreter has for itself: modules, and all that modules keep.
import _interpreters as I
import array
import builtins
import codecs
import contextvars
import copyreg
import decimal
import gc
import pickle
import sys
import threading
import typing
import warnings


class Mine:
    pass


class Local(threading.local):
    pass


warnings.filterwarnings('ignore', 'only here')
codecs.register_error('mine', lambda e: ('?', e.end))
codecs.register(lambda name: None)
copyreg.pickle(Mine, lambda o: (Mine, ()))
decimal.getcontext().prec = 5
builtins.extra = 1
var = contextvars.ContextVar('var')
var.set(1)
gc.disable()
gc.callbacks.append(lambda phase, info: None)
sys.setrecursionlimit(700)
sys.set_int_max_str_digits(5000)
sys.extra = 1
sys.setswitchinterval(0.125)
sys.path.append('/nowhere')
sys.addaudithook(lambda event, args: event == 'mine' and print('audit hook of main', args))
sys.monitoring.use_tool_id(3, 'tool of main')
local = Local()
local.x = 1


def trace(frame, event, arg):
    if frame.f_code.co_filename == '<script>':
        print('traced by main')


sys.settrace(trace)
interp = I.create()
print(I.exec(interp, '''if True:
    import array, atexit, builtins, codecs, contextvars, copyreg, decimal, gc, pickle, sys, threading, typing, warnings
    print(hasattr(builtins, 'extra'), hasattr(sys, 'extra'), '/nowhere' in sys.path, sys.gettrace())
    print(sys.getswitchinterval(), sys.getrecursionlimit(), sys.get_int_max_str_digits(), gc.isenabled(), len(gc.callbacks), gc.get_count()[2] >= 0)
    print(decimal.getcontext().prec, decimal.Decimal(1) / 3, sys.monitoring.get_tool(3))
    print([f for f in warnings.filters if f[1] is not None], len(copyreg.dispatch_table) > 3)
    try:
        codecs.lookup_error('mine')
    except LookupError as e:
        print(e)
    sys.audit('mine', 'from the interpreter')
    sys.addaudithook(lambda event, args: event == 'mine' and print('audit hook of the interpreter', args))
    print([c.__name__ for c in object.__subclasses__() if c.__name__ == 'Mine'])
    print(any(type(o).__name__ == 'Mine' for o in gc.get_objects()), 'Mine' in globals())
    print(contextvars.copy_context().keys() and 'context', atexit._ncallbacks(), threading.active_count())

    class Mine: pass
    class Other(typing.Generic[typing.TypeVar('T')]): pass
    sys.audit('mine', 'again')
    warnings.filterwarnings('ignore', 'only there')
    codecs.register_error('theirs', lambda e: ('!', e.end))
    decimal.getcontext().prec = 9
    builtins.len = lambda x: 42
    sys.setrecursionlimit(800)
    sys.setswitchinterval(0.25)
    gc.set_threshold(500)
    sys.excepthook = None
    sys.stdout.flush()
    def tracer(frame, event, arg): pass
    sys.settrace(tracer)
    pickle.loads(pickle.dumps((array.array('i', [1]), decimal.Decimal('1.5'))))
    sys.monitoring.use_tool_id(2, 'tool of the interpreter')
    print(len([]), [c.__name__ for c in object.__subclasses__() if c.__name__ == 'Mine'])
'''))
print(sys.gettrace() is trace)
sys.settrace(None)
sys.audit('mine', 'from main')
print(sys.getswitchinterval(), len([1]), decimal.getcontext().prec, decimal.Decimal(1) / 3, sys.getrecursionlimit(), gc.get_threshold()[0])
print([f[1].pattern for f in warnings.filters if f[1] is not None], gc.isenabled(), len(gc.callbacks), local.x, var.get())
print([c for c in object.__subclasses__() if c.__name__ == 'Mine'], [c for c in typing.Generic.__subclasses__() if c.__name__ == 'Other'])
print(sys.monitoring.get_tool(2), sys.monitoring.get_tool(3), sys.excepthook)
print(pickle.loads(pickle.dumps((array.array('i', [1]), decimal.Decimal('1.5')))))
print(codecs.encode('\u20ac', 'ascii', 'mine'))
try:
    codecs.lookup_error('theirs')
except LookupError as e:
    print(e)
# Code that main has run often goes on with main's builtins, and so does theirs.
def count(n):
    total = 0
    for i in range(n):
        total += len((i, i)) + isinstance(i, int)
    return total
print(count(500), I.call(interp, count, (500,)), count(500))
I.destroy(interp)
print(count(500))

shared = I.create('legacy')
I.exec(shared, 'import sys; print(sys.getswitchinterval()); sys.setswitchinterval(0.5)')
print(sys.getswitchinterval())
I.destroy(shared)
