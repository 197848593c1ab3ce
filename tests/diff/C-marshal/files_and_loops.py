import marshal, io
def f(): return 1234.5
code=f.__code__; a=[]
code=code.replace(co_consts=code.co_consts+(a,)); a.append(code)
def t(x,v):
    try: print(v, marshal.dumps(x,v).hex())
    except Exception as e: print(v, type(e).__name__, e)
for v in range(6): t(code,v)
a=slice([],None); a.start.append(a)
for v in range(6): t(a,v)
t(a.start,5)
b=[]; b.append(b)
for v in range(6): t(b,v)
b=([],); b[0].append(b)
for v in range(6): t(b,v)
d={}; d[1]=d
t(d,5)
class BadReader(io.BytesIO):
    def readinto(self, buf):
        n = super().readinto(buf)
        print('readinto', len(buf), n)
        if n is not None and n > 4: n += 10**6
        return n
    def read(self, n=-1):
        print('read', n); return super().read(n)
for value in (1.0, 1j, b'0123456789', '0123456789', [1,2], 'abc', 10**30):
    try: print(marshal.load(BadReader(marshal.dumps(value))))
    except Exception as e: print(type(e), e)
class R:
    def __init__(s, d): s.d=d
    def read(s, n): print('read', n); r=s.d[:n]; s.d=s.d[n:]; return r
try: print(marshal.load(R(marshal.dumps([1,2,'abc',"x"*300]))))
except Exception as e: print(type(e), e)
class R2(R):
    def readinto(s, b): print('ri', len(b)); b[:]=s.read(len(b)); return len(b)
try: print(marshal.load(R2(marshal.dumps([1,2,'abc']))))
except Exception as e: print(type(e), e)
class R3(R):
    def readinto(s, b): return 'a'
try: print(marshal.load(R3(marshal.dumps([1,2,'abc']))))
except Exception as e: print(type(e), e)
class R4(R):
    def readinto(s, b): return -1
try: print(marshal.load(R4(marshal.dumps([1,2,'abc']))))
except Exception as e: print(type(e), e)
try: print(marshal.load(io.BytesIO(b'[')))
except Exception as e: print(type(e), e)
try: print(marshal.load(io.BytesIO(b'')))
except Exception as e: print(type(e), e)
try: print(marshal.load(io.BytesIO(b'i\1\0')))
except Exception as e: print(type(e), e)
f=io.BytesIO(b'i\1\0\0\0Nxx'); print(marshal.load(f), f.tell(), marshal.load(f), f.tell())
try: print(marshal.load(io.StringIO('')))
except Exception as e: print(type(e), e)
try: print(marshal.load(3))
except Exception as e: print(type(e), e)
class Item:
    def __hash__(self): return 0
    def __buffer__(self, flags):
        change(sample)
        return memoryview(b'abc')
def grow(sample): sample.update(range(1000, 1400))
def shrink(sample): sample.difference_update(range(1, 60))
for change in grow, shrink:
  for version in range(marshal.version + 1):
    sample = {Item()}; sample.update(range(1, 60))
    try: print(len(marshal.dumps(sample, version)))
    except Exception as e: print(type(e), e)
