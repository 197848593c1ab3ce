import sys
m = sys.monitoring; m.use_tool_id(2, "t"); log = []
def f():
    x = 1
    for i in range(3):
        x += 1
    return x
def g(): return f()
def line(c, l): log.append((c.co_name, l - c.co_firstlineno)); return m.DISABLE if disable else None
m.register_callback(2, m.events.LINE, line)
disable = False; m.set_local_events(2, f.__code__, m.events.LINE); print(m.get_local_events(2, f.__code__), m.get_local_events(2, g.__code__)); g(); print(log); log.clear()
disable = True; g(); print(log); log.clear(); g(); print(log); m.restart_events(); log.clear(); g(); print(log)
m.set_local_events(2, f.__code__, 0); log.clear(); m.restart_events(); g(); print(log)
starts = []
m.register_callback(2, m.events.INSTRUCTION, lambda c, o: starts.append(o)); m.set_local_events(2, f.__code__, m.events.INSTRUCTION); f(); m.set_local_events(2, f.__code__, 0); print(starts)
def bad(*a): raise RuntimeError("cb")
m.register_callback(2, m.events.PY_START, bad); m.set_local_events(2, g.__code__, m.events.PY_START)
try: g()
except RuntimeError as e: print(e)
m.set_local_events(2, g.__code__, 0); print(g()); m.clear_tool_id(2); m.free_tool_id(2)
try: m.register_callback(2, m.events.PY_UNWIND, lambda *a: m.DISABLE); m.use_tool_id(2, "z"); m.set_events(2, m.events.PY_UNWIND)
finally: pass
def u(): raise OSError
try: u()
except Exception as e: print(type(e).__name__, e)
m.free_tool_id(2)
