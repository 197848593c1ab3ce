# Thread objects: names, states, errors, excepthook, enumerate, shutdown order.
import _thread
import atexit
import sys
import threading

t = threading.Thread(target=lambda: None, name="first")
print(t.name, t.ident, t.native_id, t.is_alive(), t.daemon)
try:
    t.join()
except RuntimeError as e:
    print(e)
t.start()
t.join()
print(t.ident > 0, t.is_alive(), threading.active_count(), [x.name for x in threading.enumerate()])
try:
    t.start()
except RuntimeError as e:
    print(e)
try:
    threading.current_thread().join()
except RuntimeError as e:
    print(e)
print(threading.main_thread() is threading.current_thread(), _thread._is_main_interpreter())

threading.excepthook = lambda args: print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name)
t = threading.Thread(target=lambda: 1 / 0, name="bad")
t.start()
t.join()
t = threading.Thread(target=sys.exit, name="exits")
t.start()
t.join()
threading.excepthook = threading.__excepthook__

go = threading.Event()
t = threading.Thread(target=go.wait, name="waits")
t.start()
frames = sys._current_frames()
print(len(frames), t.ident in frames, threading.get_ident() in frames)
f, names = frames[t.ident], []
while f is not None:
    names.append(f.f_code.co_name)
    f = f.f_back
print(names)
del f, frames
go.set()
t.join()

done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(lambda *a, **k: (print(a, k), done.release()), (1, 2), {"x": 3})
done.acquire()
h = _thread.start_joinable_thread(lambda: None)
h.join()
print(h.is_done())

atexit.register(print, "exit functions come after threads that are no daemons")
late = threading.Event()


def last():
    late.wait(0.05)
    print("a thread goes on after the main one")


threading.Thread(target=last).start()
print("the main thread ends")
