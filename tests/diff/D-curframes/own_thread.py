import sys, threading
def f():
    d = sys._current_frames(); me = threading.get_ident()
    return len(d), d[me] is sys._getframe(), d[me].f_code.co_name
print(f())
print(sys._current_exceptions()[threading.get_ident()])
try: 1 / 0
except ZeroDivisionError as e:
    print(sys._current_exceptions()[threading.get_ident()] is e)
print(type(sys._current_frames()), threading.get_ident() == threading.main_thread().ident)
