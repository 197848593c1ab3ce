# The end of interpreters: threads, exit functions, finalizers; those that are left when the program ends.
import _interpreters as I
import atexit

CODE = '''if True:
    import atexit, sys, threading, time
    class Noisy:
        def __init__(self, name): self.name = name
        def __del__(self): print('del', self.name, sys.is_finalizing(), flush=True)
    atexit.register(print, 'exit function of', name, flush=True)
    keep = Noisy(name + ' in __main__')
    sys.modules['other'] = type(sys)('other')
    sys.modules['other'].keep = Noisy(name + ' in a module')
    cycle = [Noisy(name + ' in a cycle')]
    cycle.append(cycle)
    def late():
        time.sleep(delay)
        print('thread of', name, 'ends', flush=True)
    threading.Thread(target=late).start()
    class Fails:
        def __call__(self): 1/0
        def __repr__(self): return 'a function that fails'
    if name == 'first': atexit.register(Fails())
'''
first = I.create()
I.exec(first, CODE, {'name': 'first', 'delay': 0.05})
I.destroy(first)
print('destroyed', I.list_all(), flush=True)

second = I.create()
I.exec(second, CODE, {'name': 'second', 'delay': 1.5})
third = I.create()
I.exec(third, 'import atexit; atexit.register(print, "exit function of third", flush=True)')
atexit.register(print, 'exit function of main', flush=True)


class Noisy:
    def __del__(self):
        print('del in main')


keep = Noisy()
print('main ends', flush=True)
