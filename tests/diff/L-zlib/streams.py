"""Deflate streams to the byte, and what zlib refuses."""
import zlib
def t(f,*a,**k):
    try: print(repr(f(*a,**k)).split(' at 0x')[0][:100])
    except Exception as e: print(type(e).__name__, e)
t(zlib.compress,'a'); t(zlib.compress); t(zlib.compress,b'a',10); t(zlib.compress,b'a',-2); t(zlib.compress,b'a',wbits=7);t(zlib.compress,b'a',wbits=100); t(zlib.compress,b'a',b'b'); t(zlib.compress,b'a',1,2,3)
t(zlib.decompress,b''); t(zlib.decompress,b'a'); t(zlib.decompress,b'abc'); t(zlib.decompress,zlib.compress(b'abc')[:-1]); t(zlib.decompress,zlib.compress(b'abc')+b'x'); t(zlib.decompress,zlib.compress(b'abc'),-15); t(zlib.decompress,zlib.compress(b'abc'),7); t(zlib.decompress,zlib.compress(b'abc'),100); t(zlib.decompress,b'x',bufsize=-1); t(zlib.decompress,zlib.compress(b'abc'),bufsize=0)
bad=bytearray(zlib.compress(b'abc'*100)); bad[-1]^=1; t(zlib.decompress,bad); bad=bytearray(zlib.compress(b'abc'*100)); bad[3]^=0x55; t(zlib.decompress,bad)
t(zlib.decompress,b'\x78\xbb\x00\x00\x00\x00'); t(zlib.decompress,b'\x78\x9c\xff'); t(zlib.decompress, zlib.compress(b'q',wbits=31),47); t(zlib.decompress, zlib.compress(b'q',wbits=31)*2,31); t(zlib.decompress, zlib.compress(b'q',wbits=15),0); t(zlib.decompress, zlib.compress(b'q',wbits=15),9)
t(zlib.compressobj,10); t(zlib.compressobj,1,7); t(zlib.compressobj,1,8,7);t(zlib.compressobj,1,8,15,10); t(zlib.compressobj,1,8,15,8,9); t(zlib.compressobj,zdict='a'); t(zlib.compressobj,zdict=b''); t(zlib.compressobj,wbits=-15,zdict=b'abc'); t(zlib.compressobj,wbits=31,zdict=b'abc')
t(zlib.decompressobj,7);t(zlib.decompressobj,15,5); t(zlib.decompressobj,15,'a'); t(zlib.decompressobj,-15,b'abc'); t(zlib.decompressobj,zdict=b'')
c=zlib.compressobj(); t(c.compress,5); t(c.compress,b'abc'); t(c.flush,9); t(c.flush,0); t(c.flush,2); t(c.flush,1); t(c.flush,3); t(c.flush,5); t(c.flush); t(c.flush); t(c.compress,b'a'); t(c.copy); t(c.flush,0)
d=zlib.decompressobj(); z=zlib.compress(b'hello'*50)
t(d.decompress,z,-1); t(d.decompress,z,10); print(d.eof,d.unused_data,d.unconsumed_tail==z[-len(d.unconsumed_tail):], len(d.unconsumed_tail)); t(d.flush,0); t(d.flush,-1); t(d.flush,1); print(d.eof,d.unused_data,d.unconsumed_tail); t(d.flush); t(d.decompress,b'abc'); t(d.copy); print(d.eof,d.unused_data,d.unconsumed_tail)
d=zlib.decompressobj(); t(d.decompress,z+b'tail'); print(d.eof,d.unused_data,d.unconsumed_tail); t(d.decompress,b'more'); print(d.eof,d.unused_data,d.unconsumed_tail); t(d.flush); t(d.decompress,b'x');print(d.unused_data)
d=zlib.decompressobj(); t(d.decompress,z[:10]); t(d.flush); t(d.decompress,z[10:]); t(d.flush)
d=zlib.decompressobj(); t(d.decompress,b'bad'); t(d.decompress,b'bad'); t(d.flush); print(d.eof,d.unused_data,d.unconsumed_tail)
d=zlib.decompressobj(); t(setattr,d,'eof',1); t(setattr,d,'x',1); t(type(d)); t(type(c)); t(type(d).__new__,type(d))
c=zlib.compressobj(zdict=b'hello world'); z=c.compress(b'hello world'*3)+c.flush(); t(zlib.decompress,z); d=zlib.decompressobj(zdict=b'hello world'); t(d.decompress,z); d=zlib.decompressobj(zdict=b'hello'); t(d.decompress,z); d=zlib.decompressobj(); t(d.decompress,z);t(d.flush)
D=zlib._ZlibDecompressor
t(D,7); t(D,zdict=b'hello world'); d=D(); t(d.decompress,b'bad'); d=D(); t(d.decompress,zlib.compress(b'abc'*1000)+b'xx',10); print(d.eof,d.needs_input,d.unused_data); t(d.decompress,b'',-5); print(d.eof,d.needs_input,d.unused_data); t(d.decompress,b''); t(d.decompress,'a'); d=D(); t(d.decompress,b'a',max_length='x'); t(d.decompress,5)
d=D(); zz=zlib.compress(bytes(range(256))*100)
out=[]
i=0
while not d.eof:
    if d.needs_input: chunk=zz[i:i+7]; i+=7
    else: chunk=b''
    out.append(d.decompress(chunk,50))
print(b''.join(out)==bytes(range(256))*100, len(out), [len(x) for x in out][:30])
t(zlib.crc32,b'abc'); t(zlib.crc32,b'abc',-1); t(zlib.crc32,b'abc',2**40); t(zlib.crc32,'a'); t(zlib.adler32,b'abc'*10000); t(zlib.adler32,b'abc',2**33+5); t(zlib.adler32,b'',0);  t(zlib.crc32,b'abc','x')
for l in range(-1,10):
  for s in range(5):
    c=zlib.compressobj(l,8,15,8,s); o=c.compress(b'abcabcabd'*50+bytes(range(256))*3); o+=c.flush(zlib.Z_SYNC_FLUSH); o+=c.compress(b'q'*5000); o+=c.flush(zlib.Z_FULL_FLUSH)+c.compress(b'zz'); cc=c.copy(); o2=o+cc.compress(b'copy')+cc.flush(); o+=c.flush(); print(l,s,len(o),zlib.crc32(o),len(o2),zlib.crc32(o2), zlib.decompress(o2)[-4:], zlib.adler32(zlib.decompress(o)))
for n in (100,16383,16384,16385,65535,65536,100000,300000): print(n,zlib.crc32(zlib.compress(bytes(range(251))*(n//251)+b'x'*(n%251),0)), zlib.crc32(zlib.compress(bytes(n))))
print(zlib.error.__mro__, zlib.error.__module__, zlib.ZLIB_VERSION)
