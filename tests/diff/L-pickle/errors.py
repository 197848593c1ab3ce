"""What pickling and unpickling refuse, and how."""
import io
import pickle
import re
import sys
import types

def clean(o): return re.sub(r' at 0x[0-9a-f]+', ' at ...', str(o))

def show(exc):
    print(f"  {type(exc).__module__}.{type(exc).__qualname__}: {clean(exc)}")
    for n in getattr(exc, '__notes__', ()):
        print('     note:', n)
    c = exc.__cause__ or exc.__context__
    if c is not None:
        print('     because:', type(c).__name__, clean(c))

def attempt(what, f, *a, **k):
    print(what)
    try:
        print('  ->', clean(f(*a, **k)))
    except BaseException as e:
        show(e)

class Named:
    def __repr__(self): return '<named>'

def local():
    class C: pass
    return C

C = local()
class R:
    def __init__(self, v): self.v = v
    def __reduce_ex__(self, p): return self.v
    def __repr__(self): return 'R()'

def newobj(*a): pass
newobj.__name__ = '__newobj__'
def newobjex(*a): pass
newobjex.__name__ = '__newobj_ex__'

for proto in range(6):
    print('protocol', proto)
    attempt('local class', pickle.dumps, C, proto)
    attempt('local instance', pickle.dumps, C(), proto)
    attempt('lambda', pickle.dumps, [1, (2, lambda: 0)], proto)
    attempt('module', pickle.dumps, {'a': sys}, proto)
    attempt('generator', pickle.dumps, {'k': [(x for x in ())]}, proto)
    for v in (1, None, (1,), (1, 2), (int, 2), (int, (), 1, 2), (int, (), 1, None, 3), (int, (), None, None, None, 3), (1,) * 7,
              'nothing', 'sys.nothing', (newobj, ()), (newobj, (1,)), (newobj, (int,)), (newobjex, ()), (newobjex, (1, 2, 3)),
              (newobjex, (int, 2, 3)), (newobjex, (int, (), 3)), (newobjex, (int, (), {})), (int, (), None, iter([lambda: 0])),
              (int, (), None, None, iter([1])), (int, (), None, None, iter([(1, lambda: 0)])), (int, (), lambda: 0), (lambda: 0, ()), (int, (lambda: 0,)),
              (int, (), 1, None, None, lambda: 0),(int, (), lambda: 0, None, None, print)):
        shown = str(v).split(' at 0x')[0] if not isinstance(v, tuple) else len(v)
        try:
            pickle.dumps(R(v), proto)
            print('  ok', shown)
        except Exception as e:
            notes = getattr(e, '__notes__', ())
            print('  ', shown, type(e).__name__, str(e).split(' at 0x')[0], '|', '; '.join(str(n) for n in notes))
    attempt('frozenset', pickle.dumps, frozenset([C]), proto)
    attempt('set', pickle.dumps, {C}, proto)
    attempt('wrong name', pickle.dumps, type('Named', (), {'__module__': '__main__'}), proto)
    attempt('no module', pickle.dumps, type('Named', (), {'__module__': 'nosuchmodule'}), proto)
    attempt('not found', pickle.dumps, type('Missing', (), {'__module__': 'sys'}), proto)
    attempt('buffer', pickle.dumps, pickle.PickleBuffer(b'abc'), proto)
    attempt('buffer 2', pickle.dumps, pickle.PickleBuffer(memoryview(b'abcdef')[::2]), proto)

attempt('protocol 6', pickle.dumps, 1, 6)
attempt('protocol str', pickle.dumps, 1, 'a')
attempt('protocol -1', pickle.dumps, 1, -1)
attempt('callback', pickle.dumps, 1, 4, buffer_callback=print)
attempt('callback', pickle.dumps, 1, buffer_callback=print)
attempt('file', pickle.dump, 1, 2)
attempt('file', pickle.load, 2)
attempt('file', pickle.load, types.SimpleNamespace(read=1))
attempt('file', pickle.load, types.SimpleNamespace(readline=1))
attempt('str', pickle.loads, 'abc')
attempt('encoding', pickle.loads, b'N.', encoding=1)
attempt('buffers', pickle.loads, b'N.', buffers=1)
attempt('kw', pickle.loads, b'N.', buffer=1)
attempt('none', pickle.loads)
attempt('none', pickle.dumps)

class P(pickle.Pickler):
    def __init__(self): pass
attempt('no init', P().dump, 1)
class U(pickle.Unpickler):
    def __init__(self): pass
attempt('no init', U().load)
p = pickle.Pickler(io.BytesIO())
for a in ('memo', 'bin', 'fast', 'dispatch_table', 'persistent_id', 'other'):
    attempt('del ' + a, delattr, p, a)
    attempt('set ' + a, setattr, p, a, 'x')
u = pickle.Unpickler(io.BytesIO())
for a in ('memo', 'persistent_load', 'find_class', 'other'):
    attempt('del ' + a, delattr, u, a)
    attempt('set ' + a, setattr, u, a, 'x')
attempt('memo', setattr, p, 'memo', {1: 2})
attempt('memo', setattr, p, 'memo', {1: (2, 3)})
attempt('memo', lambda: list(p.memo.copy().values()))
attempt('memo', setattr, u, 'memo', {'a': 2})
attempt('memo', setattr, u, 'memo', {-1: 2})

for data in (b'', b'.', b'N', b'(', b'(.', b'0', b'1', b'2', b'((1.', b'a', b'Na.', b'NNa.', b'(e.', b'N(Ne.', b'](Ne.', b's.', b'}NNs.', b'}Ns.', b'}(Nu.',
             b'}(NNu.', b'}(]Nu.', b'b', b'Nb', b'NNb.', b'NKb.', b'NK\x01b.', b'R', b'NR', b'NNR', b'N)R.', b'c', b'cos\n', b'cos\nnothing\n.', b'cnosuchmodule\nx\n.',
             b'csys\nmodules', b'\x80', b'\x80\x06', b'\x80\xff.', b'\x95', b'\x95\x01\0\0\0\0\0\0\0', b'\x95' + b'\xff' * 8, b'K', b'M\0', b'J\0\0\0', b'I\n.', b'Iabc\n.',
             b'I12.5\n.', b'I01\n.', b'I00\n.', b'I0x10\n.', b'I 7\n.', b'L\n.', b'L12\n.', b'L12L\n.', b'LabcL\n.', b'F\n.', b'Fabc\n.', b'F1.5x\n.', b'F\0abc\n.', b'Fabc\xff\n.', b'F1.5\n.', b'G\0',
             b'\x8a\x01', b'\x8b\xff\xff\xff\xff', b'\x8b\x01\0\0\0', b'\x8a\0.', b'\x8a\x01\xff.', b'S\n.', b"S'abc\n.", b"S'abc'\n.", b"S'a\\x'\n.", b"S'\xff'\n.",
             b'T\x01\0\0\0', b'T\xff\xff\xff\xff', b'U\x01\xff.', b'U\x01a.', b'B\x01\0\0\0', b'C\x01', b'\x8e' + b'\xff' * 8, b'X\x01\0\0\0', b'X\x01\0\0\0\xff.', b'\x8c\x01',
             b'\x8d' + b'\xff' * 8, b'V\\u00e9\n.', b'V\\ud8\n.', b'V', b'P1\n.', b'P\xff\n.', b'NQ.', b'Q.', b'g1\n.', b'ga\n.', b'h\0.', b'j\0\0\0\0.', b'p0\n.', b'Np-1\n.', b'Npa\n.',
             b'q\0.', b'Nq\0h\0.', b'r\0\0\0\0', b'Nr\0\0\0\0.', b'\x94', b'N\x94h\0.', b't', b'\x85', b'\x86', b'N\x86', b'N\x85.', b'(NN\x87.', b'(Nt.', b'l', b'(l.', b'd', b'(NNd.', b'(Nd.', b'(]Nd.',
             b'\x90', b'N(N\x90', b'\x8f(N\x90.', b'\x8f(]\x90.', b'\x91', b'(N\x91.', b'(]\x91.', b'i', b'(ios\n', b'(iio\nBytesIO\n.', b'o', b'(o', b'(No', b'(cio\nBytesIO\no.',
             b'\x81', b'N\x81', b'NN\x81', b'N)\x81', b'cbuiltins\nint\nN\x81', b'cbuiltins\nint\n)\x81.', b'\x92', b'N)N\x92', b'cbuiltins\nint\n)N\x92', b'cbuiltins\nint\n)}\x92.',
             b'ctypes\nFunctionType\n)\x81.', b'ctypes\nGeneratorType\n)\x81.',
             b'\x93', b'N\x93', b'NN\x93', b'\x8c\x02os\x8c\x03nop\x93.', b'\x80\x04\x8c\x02os\x8c\x08path.nop\x93.', b'\x80\x04\x8c\x02os\x8c\x09path.join\x93\x85.', b'\x8c\x02os\x8c\x09path.join\x93.',
             b'\x82\0', b'\x82\x01', b'\x83\x01\x01', b'\x84\xff\xff\xff\xff', b'\x84\xff\xff\0\0', b'\x96', b'\x96' + b'\xff' * 8, b'\x96\x01\0\0\0\0\0\0\0', b'\x96\x01\0\0\0\0\0\0\0a.', b'\x97', b'\x98',
             b'N\x98', b'C\x01a\x98.', b'!', b'\xff', b'\n', b'\\', b"'", b'\x7f', b' ', b'N\x00', b'(NN.', b'NN.', b'(\x88.', b'\x88.', b'\x89.', b'Ng0\n'):
    attempt(data, pickle.loads, data)
