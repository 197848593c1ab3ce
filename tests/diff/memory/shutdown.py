# What dies when the interpreter ends, and in which order: globals, modules, exit functions.
from _programs import run

run(r'''
### globals in order
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a = D('a'); _b = D('_b'); c = D('c'); __d = D('__d'); _e = D('_e')
### atexit before everything
import atexit
class D:
    def __del__(self): print('del')
d = D(); atexit.register(print, 'first registered'); atexit.register(print, 'second registered')
### atexit with an error
import atexit
atexit.register(print, 'runs'); atexit.register(lambda: 1 / 0)
### unregister
import atexit
def f(): print('never')
atexit.register(f); atexit.register(print, 'yes'); atexit.unregister(f)
### finalize at exit
import weakref
class O: pass
o = O(); weakref.finalize(o, print, 'one'); weakref.finalize(o, print, 'two'); f = weakref.finalize(o, print, 'never'); f.atexit = False
### cycle at exit
class D:
    def __del__(self): print('del')
d = D(); d.me = d
### modules are gone in __del__
import os
class D:
    def __del__(self): print(os is None, print is None)
d = D(); d.me = d
### held by a function's default
class D:
    def __del__(self): print('del')
def f(x=D()): pass
### held by a module
import sys, types
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
m = types.ModuleType('mine'); m.d = D('in module'); sys.modules['mine'] = m; e = D('main'); del m
### held by builtins and sys
import builtins, sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
builtins.d = D('builtins'); sys.d = D('sys'); x = D('main')
''')
