# bzip2: the compressed bytes are libbz2's; decompression piece by piece; errors.
import bz2, random, zlib
r=random.Random(5)
datas=[b'',b'a',b'ab',b'abc'*5,b'hello world '*50,bytes(range(256))*20,r.randbytes(5000),b'a'*3,b'a'*4,b'a'*5,b'a'*254,b'a'*255,b'a'*256,b'a'*259,b'a'*260,b'x'+b'a'*1000+b'y',bytes(r.choice(b'abcd') for _ in range(30000)),bytes(r.choice(b'ab') for _ in range(120000)), b''.join(b'line %d of text\n'%(i*i%977) for i in range(20000))]
for i,d in enumerate(datas):
    for lvl in (1,9):
        c=bz2.compress(d,lvl)
        ok=bz2.decompress(c)==d
        print(i,lvl,len(d),len(c),'%08x'%zlib.crc32(c),ok)

c=bz2.compress(datas[-1]); d=bz2.BZ2Decompressor(); out=b''
i=0
while not d.eof:
    out+=d.decompress(c[i:i+100] if d.needs_input else b'', max_length=777); 
    if d.needs_input: i+=100
print(out==datas[-1], d.unused_data)
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
D=bz2.BZ2Decompressor
good=bz2.compress(b'some text '*30)
for bad in (b'', b'x', b'BZh0', b'BZh9', good[:-1], good[:20], good[:-4]+b'abcd', good+b'tail', good+good, good[:30]+b'\xff'+good[31:]):
    t(lambda: bz2.decompress(bad)[:20])
d=D(); t(lambda: d.decompress(good+b'tail')[:5]); t(lambda: (d.eof,d.needs_input,d.unused_data)); t(lambda: d.decompress(b''))
d=D(); t(lambda: d.decompress(b'nonsense')); t(lambda: d.decompress(b'x'))
c=bz2.BZ2Compressor(1); t(lambda: c.compress('x')); c.flush(); t(lambda: c.flush()); t(lambda: c.compress(b''))
t(lambda: bz2.BZ2Compressor(10)); t(lambda: D(1)); t(lambda: bz2.BZ2Compressor(compresslevel=3))
