# What the end of the interpreter tells: files, coroutines, threads, references.
from _programs import run

run(r'''
### thread local at exit
import threading
class D:
    def __del__(self): print('del')
l = threading.local(); l.d = D()
### thread waited for
import threading, time
def f(): time.sleep(0.05); print('thread done')
threading.Thread(target=f).start(); print('main done')
### flush at exit
import sys
sys.stdout.write('no newline')
### weakref callbacks at exit
import weakref
class O: pass
o = O(); r = weakref.ref(o, lambda r: print('callback'))
### __main__ dict lives on
import sys
class D:
    def __del__(self): print('del')
keep = sys.modules['__main__'].__dict__; d = D()
### last exception
import sys
class D:
    def __del__(self): print('del')
try: raise ValueError(D())
except ValueError as e: sys.last_exc = e
### debug flags at exit
import gc
gc.set_debug(gc.DEBUG_UNCOLLECTABLE); print(gc.garbage)
### garbage left at exit
import gc
gc.garbage.append(1); gc.garbage.append([])
''')
