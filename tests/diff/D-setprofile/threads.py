import sys, threading
log = []
def prof(f, e, a):
    if f.f_code.co_name in ("work", "sub") and e in ("call", "return"): log.append((threading.current_thread().name, f.f_code.co_name, e))
def sub(): return 1
def work(): sub()
threading.setprofile(prof); t = threading.Thread(target=work, name="A"); t.start(); t.join(); threading.setprofile(None)
print(log, threading.getprofile(), sys.getprofile()); log.clear()
def tr(f, e, a):
    if f.f_code.co_name in ("work", "sub"): log.append((threading.current_thread().name, f.f_code.co_name, e)); return tr
threading.settrace(tr); t = threading.Thread(target=work, name="B"); t.start(); t.join(); threading.settrace(None)
print(log, sys.gettrace()); log.clear(); work(); print(log)
