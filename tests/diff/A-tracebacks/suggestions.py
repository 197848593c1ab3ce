import traceback, sys
class Point:
    def __init__(self): self.width = 1; self._hidden = 2
    def move(self): return widht
    def prop(self): return width
for code in ("Point().widht", "Point().hidden", "imoprt", "pritn(1)", "import maths", "from math import sqr", "from os import pathh", "Point().move()", "Point().prop()", "[].apend(1)", "x = lenn", "Point(colour=1)", "dict(a=1).itmes()", "import os; os.pth", "int.frm_bytes", "print(1, seperator=2)", "'a'.jion([])", "time.sleep(1)", "sorted([], kye=1)", "sys.versoin", "match_", "from collections import nametuple", "range(1).foo", "def f(value): pass\nf(valeu=1)", "None.x", "Point.zzz"):
    try: exec(code)
    except Exception as e: print(repr(code), "->", traceback.format_exception_only(e)[-1].strip())
