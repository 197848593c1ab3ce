# __buffer__ and __release_buffer__ of classes, and who releases what.
class A:
    def __buffer__(self, flags): return memoryview(b'abc')
m=memoryview(A()); print(type(m.obj), type(m.obj).__mro__)
class B(A):
    def __release_buffer__(self, b): print("rel", b.obj)
m=memoryview(B()); print(type(m.obj).__name__); m.release()
class C(bytearray):
    def __release_buffer__(self, b): print("crel", type(b.obj), b.tobytes()); 
c=C(b'xyz')
m=memoryview(c); print(type(m.obj).__name__); m.release(); c.append(1); print(c)
class D(bytearray):
    def __buffer__(self, flags): print('getb'); return super().__buffer__(flags)
    def __release_buffer__(self, b): print('drel', b.tobytes()); super().__release_buffer__(b); print('rd')
d=D(b'pq'); m=memoryview(d); print(type(m.obj).__name__, m.tobytes()); m.release(); d.append(3); print(d)
for x in (1,):
    try: d.__release_buffer__(memoryview(b'a'))
    except Exception as e: print(type(e),e)
mm=memoryview(d); n=mm
bb=bytearray(b'x'); q=bb.__buffer__(0); print(type(q)); bb.__release_buffer__(q)
try: bb.__release_buffer__(q)
except Exception as e: print(type(e),e)
try: bb.__release_buffer__(3)
except Exception as e: print(type(e),e)
