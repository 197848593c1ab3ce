# What tracers, profilers and monitoring tools are told of loops over iterators written in Python, and of how they end.
import sys
import threading


class Numbers:
    n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration(7)
        return self.n

    def __repr__(self):
        return 'numbers'


class Broken(Numbers):
    def __next__(self):
        self.n += 1
        if self.n > 1:
            raise KeyError('x')
        return self.n


class Delegating(Numbers):
    def __next__(self):
        if self.n:
            return next(iter([]))
        self.n = 1
        return 5


def numbers():
    yield 1
    yield 2


def count(n=[0]):
    n[0] += 1
    if n[0] % 3 == 0:
        raise StopIteration
    return n[0]


def loops():
    for x in Numbers():
        pass
    else:
        x = 1
    for x in Delegating():
        pass
    for x in map(lambda a: a + 1, Numbers()):
        pass
    for i, x in enumerate(numbers()):
        pass
    for x in iter(count, None):
        pass
    for x in filter(lambda a: a, numbers()):
        break
    print([x for x in Numbers()], list(Numbers()), *Numbers(), sum(Numbers()))
    try:
        for x in Broken():
            pass
    except KeyError as e:
        print(x, e.__traceback__.tb_lineno, e.__traceback__.tb_next.tb_frame.f_code.co_name, e.__context__)


def in_thread(f):
    t = threading.Thread(target=f)
    t.start()
    t.join()


def observed(install):
    def callback(frame, event, arg):
        if frame.f_code.co_filename == __file__:
            if event == 'exception':
                arg = arg[0].__name__, str(arg[1])
            told.append((frame.f_code.co_name, event, frame.f_lineno, getattr(arg, '__name__', arg)))
            return callback

    def run():
        install(callback)
        try:
            loops()
        finally:
            install(None)

    return run


def note(name):
    def callback(code, *args):
        if code.co_filename == __file__:
            told.append((name, code.co_name, *map(str, args)))

    return callback


EVENTS = 'BRANCH_LEFT', 'STOP_ITERATION', 'RAISE', 'PY_UNWIND', 'PY_RETURN', 'PY_YIELD', 'EXCEPTION_HANDLED', 'JUMP'
for run in (lambda f: f()), in_thread:
    for install in sys.settrace, sys.setprofile:
        told = []
        run(observed(install))
        print(*told, sep='\n')
    told = []
    m = sys.monitoring
    m.use_tool_id(3, 'loops')
    for name in EVENTS:
        m.register_callback(3, getattr(m.events, name), note(name))
    m.set_events(3, sum(getattr(m.events, name) for name in EVENTS))
    run(loops)
    m.set_events(3, 0)
    m.free_tool_id(3)
    print(*told, sep='\n')
