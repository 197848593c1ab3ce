import sys, os, tempfile
a, b = tempfile.mkdtemp(), tempfile.mkdtemp(); sys.path[:0] = [a, b]
def w(d, n, s=""): p = os.path.join(d, n); os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(s)
w(a, "co/team1/__init__.py", "from . import impl\n"); w(a, "co/team1/impl.py", "from ..team2 import shared\nwho = shared.name\n"); w(b, "co/team2/__init__.py"); w(b, "co/team2/shared.py", "name = __name__\n")
import co.team1; print(co.team1.impl.who, co.team2.shared.__package__, sorted(n for n in vars(co) if not n.startswith("_")))
w(b, "co/team1/extra.py")
try: import co.team1.extra
except ModuleNotFoundError as e: print(e)
w(a, "rel/m.py", "from . import n\nfrom .n import v\nprint(v, __package__)"); w(b, "rel/n.py", "v = 7"); import importlib; importlib.invalidate_caches(); import rel.m
w(a, "runme/__main__.py", "print('main of namespace', __package__)"); importlib.invalidate_caches(); import runpy; runpy.run_module("runme", run_name="__main__")
