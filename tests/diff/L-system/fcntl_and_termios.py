# fcntl and termios on a pipe.
import fcntl,termios,os
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e, type(e).__module__)
r,w=os.pipe()
t(lambda: termios.tcgetattr(r)); t(lambda: termios.tcgetattr(99)); t(lambda: termios.tcgetattr('a')); t(lambda: termios.tcsetattr(r,0,[1])); t(lambda: termios.tcdrain(r));t(lambda: termios.tcgetwinsize(r)); t(lambda: termios.tcgetattr(-1))
t(lambda: fcntl.fcntl(r,fcntl.F_GETFD)); t(lambda: fcntl.fcntl(w,fcntl.F_GETFL)); t(lambda: fcntl.fcntl(r,fcntl.F_SETFD,0)); t(lambda: os.get_inheritable(r)); t(lambda: fcntl.fcntl(r,fcntl.F_SETFL,os.O_NONBLOCK)); t(lambda: os.get_blocking(r)); t(lambda: fcntl.fcntl(r,fcntl.F_GETFL)); t(lambda: fcntl.fcntl(r,9999)); t(lambda: fcntl.fcntl(99,1)); t(lambda: fcntl.fcntl(r,fcntl.F_GETFD,b'abc')); t(lambda: fcntl.fcntl(r,fcntl.F_GETFD,'x')); t(lambda: fcntl.fcntl(r,fcntl.F_DUPFD,50)); t(lambda: fcntl.lockf(r,0)); t(lambda: fcntl.fcntl(r,1,b'x'*1025))
