import sys
def target(a):
    b = a + 1
    return b
out = []
def tr(f, e, arg):
    if f.f_code is not target.__code__: return
    f.f_trace_opcodes = True
    out.append((e, f.f_lasti, f.f_lineno, dict(f.f_locals)))
    return tr
sys.settrace(tr); target(1); sys.settrace(None); print(*out, sep="\n")
def change(f, e, arg):
    if f.f_code is target.__code__:
        if e == "line" and f.f_lineno == 3: f.f_locals["a"] = 100
        return change
sys.settrace(change); print(target(1)); sys.settrace(None)
def no_lines(f, e, a):
    if f.f_code is target.__code__: f.f_trace_lines = False; out2.append(e); return no_lines
out2 = []; sys.settrace(no_lines); target(1); sys.settrace(None); print(out2)
print(sys.gettrace())
def err(f, e, a):
    if f.f_code is target.__code__:
        if e == "line": raise RuntimeError("from tracer")
        return err
sys.settrace(err)
try: target(1)
except RuntimeError as e: print(e, sys.gettrace())
def only_call(f, e, a): calls.append((f.f_code.co_name, e)); return None
calls = []; sys.settrace(only_call); target(1); (lambda: 0)(); sys.settrace(None); print(calls)
