# What dies when the interpreter ends: what modules hold, errors, exits.
from _programs import run

run(r'''
### held by a standard module
import os
class D:
    def __del__(self): print('del')
os.d = D()
### generator at exit
def g():
    try: yield
    finally: print('fin')
x = g(); next(x)
### error in __del__ at exit
class D:
    def __del__(self): raise ValueError('at exit')
d = D()
### sys.exit
import atexit, sys
class D:
    def __del__(self): print('del')
d = D(); atexit.register(print, 'exit'); sys.exit(3)
### uncaught exception
class D:
    def __del__(self): print('del')
def f(): d = D(); raise KeyError('k')
f()
### os._exit
import atexit, os, sys
class D:
    def __del__(self): print('del')
d = D(); atexit.register(print, 'exit'); sys.stdout.flush(); os._exit(4)
### never awaited at exit
async def c(): pass
x = c()
### never awaited
async def c(): pass
c(); print('after')
### unclosed file
import warnings; warnings.simplefilter('always')
f = open('/dev/null')
### unclosed file with tracemalloc
import tracemalloc, warnings; tracemalloc.start(5); warnings.simplefilter('always')
def f(): return open('/dev/null')
x = f(); x = None
''')
