# A thread that starts to be profiled just when its slice is over runs to its end.
import sys
import threading

sys.setswitchinterval(1e-6)
log = []


def profile(frame, event, arg):
    if frame.f_code.co_name == "work":
        log.append((frame.f_code.co_name, event))


def work():
    log.append("work")


for _ in range(20):
    threading.setprofile(profile)
    t = threading.Thread(target=work)
    t.start()
    t.join()
    threading.setprofile(None)
    log.append("joined")
print(log == [("work", "call"), ("work", "c_call"), "work", ("work", "c_return"), ("work", "return"), "joined"] * 20)
