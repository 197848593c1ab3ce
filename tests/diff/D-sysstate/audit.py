import sys, types, os, marshal, gc
seen = []; on = True
def h(ev, args):
    if on and ev in ("compile", "exec", "open", "import", "my.event", "object.__getattr__", "sys._getframe", "object.__setattr__", "builtins.id", "builtins.input", "code.__new__", "sys.setprofile", "sys.settrace", "os.listdir", "sys.unraisablehook", "sys.excepthook", "builtins.breakpoint", "sys.addaudithook", "os.remove", "function.__new__", "marshal.loads", "gc.get_objects"):
        if ev == "builtins.id": args = ["a number"]
        seen.append((ev, [a if isinstance(a, (str, int, type(None))) else type(a).__name__ for a in args][:3] if ev != "import" else args[0]))
sys.addaudithook(h)
eval("1 + 1"); exec("pass"); sys.audit("my.event", 1, "x"); sys._getframe(); open("/dev/null").close(); sys.setprofile(None); sys.settrace(None)
def f(): pass
f.__code__; f.__code__ = f.__code__; f.__code__.replace()
types.FunctionType(f.__code__, {}); os.listdir("/"); marshal.loads(b"N"); gc.get_objects()
on = False
for s in seen: print(*s)
def deny(ev, a):
    if ev == "deny.me": raise RuntimeError("denied " + str(a))
sys.addaudithook(deny)
try: sys.audit("deny.me", 1)
except RuntimeError as e: print(e)
for c in ("sys.audit()", "sys.audit(5)", "sys.addaudithook()"):
    try: exec(c)
    except TypeError as e: print(e)
