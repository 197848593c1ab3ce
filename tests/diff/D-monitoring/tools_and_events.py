import sys
m = sys.monitoring
print([m.get_tool(i) for i in range(6)], m.DEBUGGER_ID, m.COVERAGE_ID, m.PROFILER_ID, m.OPTIMIZER_ID)
print({k: v for k, v in sorted(vars(m.events).items()) if k.isupper()})
m.use_tool_id(1, "cov"); print(m.get_tool(1))
for c in ("m.use_tool_id(1, 'x')", "m.use_tool_id(9, 'x')", "m.use_tool_id(2, 5)", "m.set_events(3, 1)", "m.set_events(1, 1 << 30)", "m.register_callback(1, 3, None)", "m.get_events(-1)", "m.free_tool_id(8)", "m.set_local_events(1, 5, 1)", "m.set_events(1, m.events.C_RETURN)", "m.set_local_events(1, (lambda: 0).__code__, m.events.RAISE)"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
def f(x):
    for i in range(x):
        if i: len("a")
    return x
log = []
for n in ("PY_START", "PY_RETURN", "LINE", "CALL", "C_RETURN", "JUMP", "BRANCH_LEFT", "BRANCH_RIGHT", "PY_RESUME", "PY_YIELD", "STOP_ITERATION"):
    m.register_callback(1, getattr(m.events, n), lambda *a, n=n: log.append((n, *[getattr(x, "__name__", x) if not hasattr(x, "co_name") else x.co_name for x in a])) if a[0] is f.__code__ else None)
m.set_events(1, m.events.PY_START | m.events.PY_RETURN | m.events.LINE | m.events.CALL | m.events.JUMP | m.events.BRANCH_LEFT | m.events.BRANCH_RIGHT)
print(m.get_events(1)); f(2); m.set_events(1, 0); print(*[str(l).replace("<sentinel>", "") if "MISSING" not in str(l) else l[:4] for l in log if "object at" not in str(l)], sep="\n")
print(m.register_callback(1, m.events.LINE, None) is not None, m.register_callback(1, m.events.LINE, None)); m.free_tool_id(1); print(m.get_tool(1))
