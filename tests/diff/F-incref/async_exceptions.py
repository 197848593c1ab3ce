# Exceptions set for threads that wait, and for the main thread.
import threading
import time
from ctypes import c_ulong, py_object, pythonapi

set_exc = pythonapi.PyThreadState_SetAsyncExc
set_exc.argtypes = [c_ulong, py_object]


class Stop(BaseException):
    pass


def waits(gate, log):
    try:
        log.append("waits")
        gate.acquire()
        log.append("went on")
        for _ in range(10**6):
            pass
        log.append("ended")
    except Stop:
        log.append("stopped")


gate, log = threading.Lock(), []
gate.acquire()
t = threading.Thread(target=waits, args=(gate, log))
t.start()
while not log:
    time.sleep(0.001)
print(set_exc(t.ident, Stop))
time.sleep(0.02)
print(log, t.is_alive())
gate.release()
t.join()
print(log[-1])

print("-- taken back")
log = []
t = threading.Thread(target=waits, args=(gate, log))
gate.acquire(blocking=False)
t.start()
while not log:
    time.sleep(0.001)
set_exc.argtypes = None
print(set_exc(c_ulong(t.ident), py_object(Stop)), set_exc(c_ulong(t.ident), None))
gate.release()
t.join()
print(log)

print("-- the main thread")
main = threading.get_ident()
started = []


def stop_main():
    while not started:
        time.sleep(0.001)
    set_exc(c_ulong(main), py_object(Stop))


t = threading.Thread(target=stop_main)
t.start()
try:
    started.append(True)
    for _ in range(10**4):
        time.sleep(0.001)
except Stop:
    print("stopped")
t.join()
