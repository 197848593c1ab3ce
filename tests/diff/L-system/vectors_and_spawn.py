# Vectors of buffers, places in files, posix_spawn's arguments.
import os, tempfile, inspect
f=tempfile.TemporaryFile(); fd=f.fileno()
def t(g,*x):
    try: print(g.__name__, g(*x))
    except Exception as e: print(g.__name__, type(e).__name__, e)
t(os.writev,fd,[b'abc',bytearray(b'de'),memoryview(b'f')]); t(os.writev,fd,5); t(os.writev,fd,{b'a'}); t(os.writev,fd,iter([b'a'])); t(os.writev,fd,['a'])
os.lseek(fd,0,0); a,b=bytearray(2),bytearray(3)
t(os.readv,fd,[a,b]); print(a,b); t(os.readv,fd,5); t(os.readv,fd,[b'a']); t(os.readv,fd,{1})
t(os.preadv,fd,[a,b],1); print(a,b); t(os.preadv,fd,5,0); t(os.pwritev,fd,[b'xy'],1); t(os.pwritev,fd,[b'z'],-1); t(os.pread,fd,20,0); t(os.pwrite,fd,b'Q',0); t(os.pread,fd,3,0)
for n in ('posix_spawn','posix_spawnp'): print(repr(getattr(os,n).__text_signature__)); t(getattr(os,n),'/bin/true',5,{})
p=os.posix_spawn('/bin/true',['true'],os.environ); print(os.waitpid(p,0)[1]); p=os.posix_spawnp('true',['true'],os.environ,setsid=True); print(os.waitpid(p,0)[1])
t(os.posix_spawn,'/nowhere/x',['x'],{}); t(os.posix_spawn,'/bin/true')
