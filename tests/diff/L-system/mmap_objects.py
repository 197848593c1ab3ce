# mmap: maps of files and of nothing.
import mmap
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
m=mmap.mmap(-1,10); print(m, m[:])
t(lambda: m[10]); t(lambda: m[-11]); t(lambda:m['a']); t(lambda:m.__setitem__(0,300)); t(lambda:m.__setitem__(0,b'a')); t(lambda:m.__setitem__(slice(0,2),b'abc')); t(lambda:m.__delitem__(0)); t(lambda:m.write(b'x'*20)); t(lambda:m.seek(50)); t(lambda:m.seek(0,9)); t(lambda:m.move(0,5,9)); t(lambda:m.resize(20)); t(lambda:mmap.mmap(-1,0)); t(lambda:mmap.mmap(-1,-1)); t(lambda:mmap.mmap(99,5)); t(lambda:mmap.mmap(-1,5,access=9)); t(lambda:mmap.mmap(-1,5,flags=mmap.MAP_PRIVATE,access=1)); r=mmap.mmap(-1,5,access=mmap.ACCESS_READ); t(lambda:r.write(b'x')); t(lambda:r.__setitem__(0,1)); print(r); t(lambda:r.write_byte(1)); t(lambda:r.resize(3)); m.write_byte(255); t(lambda:m.tell()); t(lambda:m.write_byte(256)); t(lambda:m.find(b'\xff')); t(lambda:m.find('x')); v=memoryview(m); t(lambda:m.close()); v.release(); m.close(); t(lambda:m.read()); t(lambda:m[0]); t(lambda:len(m)); print(m, m.closed); t(lambda: mmap.mmap(0)); m=mmap.mmap(-1,5); t(lambda:m.size()); t(lambda:m.flush()); t(lambda:m.flush(1,2)); t(lambda: m.madvise(4)); t(lambda: m.read_byte()); m.seek(5); t(lambda: m.read_byte()); t(lambda: m.readline()); t(lambda: m*2);t(lambda: m+b''); t(lambda: b'a' in m); t(lambda: 97 in m); t(lambda: m[::2]); t(lambda: m==m)
import tempfile, os
p=os.path.join(tempfile.mkdtemp(),'f')
f=open(p,'w+b'); f.write(b'hello'); f.flush(); t(lambda: mmap.mmap(f.fileno(),10)); t(lambda: mmap.mmap(f.fileno(),0,offset=5)); t(lambda: mmap.mmap(f.fileno(),5,offset=1)); t(lambda: mmap.mmap(f.fileno(),2,offset=4096)); t(lambda: mmap.mmap(f.fileno(),0)[:]); t(lambda: mmap.mmap(f.fileno(),0).size())
m=mmap.mmap(f.fileno(),0); m[1:3]=b'EL'; m[0]=72; print(open(p).read()); m.resize(8); m[5:]=b'xyz'; m.close(); print(open(p,'rb').read())
with mmap.mmap(f.fileno(),0,access=mmap.ACCESS_COPY) as c: c[0]=0; print(c[:], list(c)[:2], c.rfind(b'L'), c.find(b'L',2,-1)); memoryview(c)[1]=1; print(c.readline())
print(open(p,'rb').read())
