# What a program hung on builtins goes first, then garbage, then modules: who watches, and from where, is told accordingly.
import builtins
import os
import sys
import weakref

class A:
    pass

class Last:
    def __del__(self, write=os.write):
        write(1, b"the module's\n")

def told(text):
    return lambda ref, write=os.write: write(1, text + b"\n")

builtins.a = A()
sys.a = A()
os.last = Last()
os.ref = weakref.ref(builtins.a, told(b"builtins', seen from a module of start-up"))
os.ref2 = weakref.ref(sys.a, told(b"sys's, seen from a module of start-up"))
own = weakref.ref(builtins.a, told(b"seen from the program"))
