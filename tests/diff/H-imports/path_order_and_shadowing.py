import sys, os, tempfile
a, b = tempfile.mkdtemp(), tempfile.mkdtemp(); sys.path[:0] = [a, b]
def w(d, n, s): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w(a, "dup.py", "who = 'a'"); w(b, "dup.py", "who = 'b'"); import dup; print(dup.who)
w(b, "onlyb.py", "z = 1"); import onlyb; print(os.path.dirname(onlyb.__file__) == b)
w(a, "pk.py", "kind = 'module'"); w(a, "pk/__init__.py", "kind = 'package'"); import pk; print(pk.kind)
w(a, "ns/x.py", ""); w(b, "ns.py", "kind = 'module in b'"); import ns; print(ns.kind)
w(a, "string2.py", ""); w(a, "colorsys.py", "shadow = True"); import colorsys; print(colorsys.shadow)
try: colorsys.rgb_to_hsv
except AttributeError as e: print(str(e).replace(a, "<a>"))
w(a, "sys.py", "never = 1"); del sys.modules["dup"]; import sys as s2; print(s2 is sys)
sys.path.remove(a); import importlib; importlib.invalidate_caches(); import dup; print(dup.who)
sys.path.append("/nonexistent"); sys.path.append(5) if 0 else None
try: import still_nothing
except ModuleNotFoundError as e: print(e)
print(sys.path[2:3] == [os.path.dirname(os.path.abspath(__file__))] or sys.path[1] == os.path.dirname(os.path.abspath(__file__)), __file__ == os.path.abspath(__file__), __name__, __spec__, __package__)
