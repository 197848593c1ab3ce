import random, zlib, sys
r=random.Random(3)
# East Asian encodings: tables, broken input, error handlers, incremental coding.
names='gb2312 gbk gb18030 hz big5hkscs shift_jis cp932 euc_jp shift_jis_2004 euc_jis_2004 euc_jisx0213 shift_jisx0213 cp949 johab euc_kr big5 cp950 iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext'.split()
for n in names:
    h=0; cnt=0
    for cp in list(range(0xa0,0x500))+list(range(0x2000,0xd800,13))+list(range(0xe000,0x10000,7))+list(range(0x20000,0x2fa20,101)):
        try: b=chr(cp).encode(n)
        except UnicodeEncodeError: continue
        cnt+=1; h=zlib.crc32(b,h)
        if cp!=0x3164 and b.decode(n)!=chr(cp): h=zlib.crc32(b'x',h)
    print(n,cnt,'%08x'%h)
    h=0
    for i in range(150):
        if n.startswith('iso') or n=='hz': b=b''.join(r.choice([b'\x1b$B',b'\x1b(B',b'\x1b(J',b'\x1b$@',b'\x1b$(D',b'\x1b$)C',b'\x0e',b'\x0f',b'\x1b$(C',b'\x1b$A',b'\x1b.A',b'\x1bN',b'\x1b$(Q',b'\x1b$(P',b'~{',b'~}',b'~~',b'\n',b'\x1b(I',b'\x1b$(O',b'\x1b&@\x1b$B',bytes([r.randrange(0x21,0x7f),r.randrange(0x21,0x7f)]),bytes([r.randrange(256)])]) for _ in range(r.randrange(1,9)))
        else: b=bytes(r.choice([r.randrange(256),r.randrange(0x80,256)]) for _ in range(r.randrange(1,9)))
        for err in ('strict','replace','ignore','backslashreplace'):
            try: s=b.decode(n,err)
            except UnicodeDecodeError as e: s=str(e)
            h=zlib.crc32(s.encode('utf-8','surrogatepass'),h)
            if len(sys.argv)>1 and sys.argv[1]==n: print(i,err,b,ascii(s))
        t=''.join(chr(r.choice([r.randrange(0x80),r.randrange(0x3000,0x3200),r.randrange(0x4e00,0x9fff),r.randrange(0xac00,0xd7a4),r.randrange(0xff00,0xffef),r.randrange(0xa0,0x500),0x309a,0x304b,0xca,0x304])) for _ in range(r.randrange(6)))
        for err in ('strict','replace','ignore','xmlcharrefreplace'):
            try: s=t.encode(n,err)
            except UnicodeEncodeError as e: s=str(e).encode()
            h=zlib.crc32(s,h)
            if len(sys.argv)>1 and sys.argv[1]==n: print(i,err,ascii(t),s)
    print('  fuzz %08x'%h)
import codecs, io
text='ab\u65e5\u672c\u8a9e\u304b\u309ax\n\u4e2d\u6587'
for n in 'gb18030 hz shift_jis euc_jis_2004 euc_jp iso2022_jp iso2022_jp_2004 iso2022_kr big5hkscs'.split():
    e=codecs.getincrementalencoder(n)('replace'); out=[e.encode(c) for c in text]; out.append(e.encode('',True)); print(n,out)
    data=b''.join(out); d=codecs.getincrementaldecoder(n)(); print([d.decode(data[i:i+1]) for i in range(len(data))], ascii(d.decode(b'',True)), d.getstate()[0])
    print(ascii(codecs.getreader(n)(io.BytesIO(data)).readlines()), ascii(codecs.getreader(n)(io.BytesIO(data)).read(5)))
    w=io.BytesIO(); s=codecs.getwriter(n)(w,'ignore'); s.write(text); s.reset(); print(w.getvalue())
