import traceback, sys
def f():
    return g(1,
             2)
def g(*a):
    traceback.print_stack(file=sys.stdout); traceback.print_stack(limit=1, file=sys.stdout); traceback.print_stack(limit=-1, file=sys.stdout)
    return traceback.extract_stack(limit=2), traceback.format_stack(limit=1)
st, fs = f(); print(fs)
for s in st: print(s.name, s.lineno, s.line, s.colno, s.end_lineno, s.locals)
print("".join(st.format())); print(st[0] == st[0], len(st[0]), tuple(st[0])[1:], traceback.FrameSummary("f.py", 3, "nm", line="x = 1"))
ss = traceback.StackSummary.from_list([("a.py", 1, "f", "code"), ("b.py", 2, "g", None)]); print("".join(ss.format()))
ss = traceback.StackSummary.extract(traceback.walk_stack(sys._getframe()), lookup_lines=False, capture_locals=True); print(len(ss), "f" in ss[0].locals)
print("".join(traceback.StackSummary.from_list([("a.py", 1, "f", "code")] * 10).format()))
