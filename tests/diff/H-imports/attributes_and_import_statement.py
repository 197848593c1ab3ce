import os.path, os.path as p, collections.abc
from os import path as q, sep
print(p is q, sep, os.path is p, collections.abc.Mapping.__name__)
def f():
    import json
    from math import pi as PI
    return json.__name__, PI
print(f(), "json" in globals())
class C:
    import string
    from string import digits
print(C.digits, C.string.__name__)
try: exec("def g():\n from os import *")
except SyntaxError as e: print(e)
import builtins; orig = builtins.__import__; log = []
def spy(name, g=None, l=None, fl=(), level=0): log.append((name, fl, level)); return orig(name, g, l, fl, level)
builtins.__import__ = spy
try:
    import re, os.path as pp
    from math import sin, cos as c
    from collections import *
finally: builtins.__import__ = orig
print(log)
del builtins.__import__
try: exec("import re")
except ImportError as e: print(e)
builtins.__import__ = orig
print(eval("__import__('math').floor(2.5)"))
exec("import math", {"__builtins__": {"__import__": lambda *a: print("custom", a[0], a[3], a[4])}})
