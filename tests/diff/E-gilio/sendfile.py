# os.sendfile(): offsets, positions, errors, a full socket.
import os, socket, tempfile
f=tempfile.TemporaryFile(); f.write(b'0123456789'*3); f.flush(); i=f.fileno()
a,b=socket.socketpair(); o=a.fileno()
def t(*x,**k):
    try: r=os.sendfile(*x,**k); print('->', r, b.recv(100) if r else b'', f.raw.tell() if hasattr(f,'raw') else os.lseek(i,0,1))
    except BaseException as e: print(type(e).__name__, e)
t(o,i,0,5); t(o,i,28,50); t(o,i,30,5); t(o,i,-1,5); t(o,i,0,0); t(o,i,0,-1); t(o,99,0,5); t(99,i,0,5); t(o,i,None,4); t(o,i,None,4)
os.lseek(i,3,0); t(o,i,None,4); t(o,i,None,400); t(o,i,'a',4); t('a',i,0,4); t(out_fd=o,in_fd=i,offset=2,count=3); t(o,i,0); t(o,i,2**70,1)
r,w=os.pipe(); os.write(w,b'abc'); t(o,r,0,2); t(o,r,None,2); t(o,o,0,2); t(i,i,0,2)
a.setblocking(False)
n=0
try:
    while True: n+=os.sendfile(o,i,0,30)
except BlockingIOError as e: print(e, n>1000)
