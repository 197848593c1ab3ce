# os.eventfd(), os.pidfd_open(): counters and children behind descriptors.
import os, select, subprocess, threading, time
def t(f,*x,**k):
    try: print(f.__name__,x,k,f(*x,**k))
    except BaseException as e: print(f.__name__,x,k,type(e).__name__,e)
fd=os.eventfd(5); print(os.get_inheritable(fd)); t(os.eventfd_read,fd)
t(os.eventfd_write,fd,3); t(os.eventfd_write,fd,4); t(os.eventfd_read,fd); t(os.eventfd_write,fd,-1); t(os.eventfd_write,fd,2**64-1); t(os.eventfd_write,fd,2**64); t(os.eventfd_write,fd,2**64-2)
print(select.select([fd],[fd],[],0)==([fd],[],[])); t(os.read,fd,4); t(os.read,fd,8); print(select.select([fd],[fd],[],0)==([],[fd],[]))
t(os.write,fd,b'abc'); t(os.write,fd,b'\1'+b'\0'*7); t(os.read,fd,100)
n=os.eventfd(2,os.EFD_NONBLOCK|os.EFD_SEMAPHORE|os.EFD_CLOEXEC); t(os.eventfd_read,n); t(os.eventfd_read,n); t(os.eventfd_read,n); os.eventfd_write(n,2**64-2); t(os.eventfd_write,n,1)
t(os.eventfd,-1); t(os.eventfd,2**32); t(os.eventfd,1,99999); t(os.eventfd_read,0 if 0 else 999); t(os.eventfd_write,999,1)
print(oct(os.fstat(fd).st_mode))
threading.Thread(target=lambda:(time.sleep(.1), os.eventfd_write(fd,7))).start(); t(os.eventfd_read,fd)
t(os.pidfd_open,-1); t(os.pidfd_open,0); t(os.pidfd_open,99999999); t(os.pidfd_open,2**40); t(os.pidfd_open,'a'); t(os.pidfd_open,1,1)
p=subprocess.Popen(['sleep','0.3']); f=os.pidfd_open(p.pid); print(os.get_inheritable(f), oct(os.fstat(f).st_mode)); print(select.select([f],[],[],0)); print(len(select.select([f],[],[],5)[0]), p.poll()); t(os.read,f,1); t(os.write,f,b'a')
print(len(select.select([f],[],[],0)[0])); 
try: os.pidfd_open(p.pid)
except ProcessLookupError as e: print(e)
p=subprocess.Popen(['sleep','0.1']); f=os.pidfd_open(p.pid); w=os.waitid(os.P_PIDFD,f,os.WEXITED); print(w.si_pid==p.pid, w.si_status)
print(os.PIDFD_NONBLOCK)
