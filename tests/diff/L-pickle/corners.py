"""Frames, extension codes and numbers at their limits; reentrant picklers."""
import pickle, io, copyreg
def t(f,*a):
    try: print(repr(f(*a))[:80])
    except Exception as e: print(type(e).__name__, e)
for d in [ b'\x80\x04\x95\x06\x00\x00\x00\x00\x00\x00\x00Vhelloworld\n.',
            b'\x80\x04\x95\x06\x00\x00\x00\x00\x00\x00\x00X\x0a\x00\x00\x00helloworld.',
            b'\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00C\x0ahelloworld.',
            b'\x80\x04\x95\x09\x00\x00\x00\x00\x00\x00\x00cbuiltins\nprint\n.',
            b'\x80\x04\x95\x0c\x00\x00\x00\x00\x00\x00\x00N\x95\x00\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x0a\x00\x00\x00\x00\x00\x00\x00N\x95\x00\x00\x00\x00\x00\x00\x00\x00N.',
            b'\x80\x04\x95\x01\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x01\x00\x00\x00\x00\x00\x00\x00NC\x01a.',
            b'\x80\x04\x95\x02\x00\x00\x00\x00\x00\x00\x00NC\x01a.',
            b'\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00NC\x01a.',
            b'\x80\x04\x95\x01\x00\x00\x00\x00\x00\x00\x00K\x01.',
            b'\x80\x04\x95\x09\x00\x00\x00\x00\x00\x00\x00N\x95\x00\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x0a\x00\x00\x00\x00\x00\x00\x00N\x95\x01\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x0a\x00\x00\x00\x00\x00\x00\x00N\x95\x02\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00N\x95\x01\x00\x00\x00\x00\x00\x00\x00NN.',
            b'\x80\x04\x95\x02\x00\x00\x00\x00\x00\x00\x00N.',
            b'\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00N.abc',
]:
    print(d); t(pickle.loads,d); t(pickle.load,io.BytesIO(d)); t(pickle._loads,d)
class F:
    def __init__(s): s.p=None
    def write(s,b): 
        try: s.p.dump(1)
        except Exception as e: print(repr(e))
        try: s.p.__init__(s)
        except Exception as e: print(repr(e))
        try: s.p.clear_memo()
        except Exception as e: print(repr(e))
        try: s.p.memo={}
        except Exception as e: print(repr(e))
f=F(); f.p=pickle.Pickler(f); f.p.dump(5)
class F:
    def __init__(s): s.p=None
    def read(s,n): 
        try: s.p.load()
        except Exception as e: print(repr(e))
        try: s.p.__init__(s)
        except Exception as e: print(repr(e))
        s.n = getattr(s,'n',0)+1; return b'N' if s.n<3 else b'.'
    readline=read
f=F(); f.p=pickle.Unpickler(f); 
try: f.p.load()
except RecursionError: print('rec')
except Exception as e: print(repr(e))
class M: pass
for c in (object,None,'a',2.5,-1,0,2**31,2**40,2**70,True):
    copyreg._extension_registry[('__main__','M')]=c
    print(c); t(pickle.dumps,M)
for d in (b'\x8e\0\0\0\0\0\1\0\0', b'\x8d\0\0\0\0\0\1\0\0', b'Np9999999999999\n.', b'Nr\xff\xff\xff\xff.', b'B\xff\xff\xff\xffab', b'I7\0a\n.',b'I1_0\n.', b'I 1\n.',b'I+1\n.', b'F 1.5\n.',b'F1e400\n.',b'Fnan\n.',b'F-inf\n.',b'F1_0\n.', b'L9'+b'9'*5000+b'L\n.', b'I9'+b'9'*5000+b'\n.'):
    print(d[:20]); t(pickle.loads,d); 
