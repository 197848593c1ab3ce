import sys, threading
ev = threading.Event(); ready = threading.Event()
def w():
    try: raise KeyError("in thread")
    except KeyError: ready.set(); ev.wait()
t = threading.Thread(target=w); t.start(); ready.wait()
print(repr(sys._current_exceptions()[t.ident]), sys._current_exceptions()[threading.get_ident()]); ev.set(); t.join()
def bad(): raise ValueError("unhandled")
threading.excepthook = lambda a: print(a.exc_type.__name__, a.exc_value, a.thread.name)
t = threading.Thread(target=bad, name="T"); t.start(); t.join()
