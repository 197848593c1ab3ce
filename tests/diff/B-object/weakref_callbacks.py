import array, weakref, re, threading, types, io, functools, collections, itertools, operator, contextvars, struct, _thread, _random, _csv, ast
def called(x): print(' called')
def gen(): yield
async def co(): pass
class C: pass
import warnings; warnings.simplefilter('ignore')
makers = dict(code=lambda: compile('1','a','exec'), set=lambda: set(), frozenset=lambda: frozenset([3]), gen=gen, co=co, array=lambda: array.array('i'),
 mv=lambda: memoryview(b''), mod=lambda: types.ModuleType('a'), f=lambda: (lambda: 1), meth=lambda: C().__init__, builtinm=lambda: [].append, cls=lambda: type('A',(),{}),
 deque=collections.deque, partial=lambda: functools.partial(print), lru=lambda: functools.lru_cache(print), odict=collections.OrderedDict,
 bio=io.BytesIO, sio=io.StringIO, tee=lambda: itertools.tee('a')[0], pat=lambda: re.compile('zzz[a-z]q'), lock=_thread.allocate_lock, rlock=threading.RLock, 
 local=threading.local, st=lambda: struct.Struct('i'), ctx=contextvars.copy_context, rnd=lambda: _random.Random(), fio=lambda: open('/dev/null'), fraw=lambda: open('/dev/null','rb',0), br=lambda: open('/dev/null','rb'),
 bw=lambda: open('/dev/null','wb'), exc=lambda: type('E',(Exception,),{})(), pick=lambda: weakref.WeakSet(), tv=lambda: __import__('typing').TypeVar('T'), ga=lambda: list[int], un=lambda: int|str,
 prop=lambda: type('P',(property,),{})(), astn=lambda: ast.Name('a'), wcsv=lambda: _csv.writer(io.StringIO()), super_=lambda: type('S',(int,),{})(3), slotwr=lambda: (1).__add__, keygetter=lambda: operator.itemgetter(1), attrg=lambda: operator.attrgetter('a'), mc=lambda: operator.methodcaller('a'), chain=lambda: itertools.chain(), ns=lambda: types.SimpleNamespace(), pickb=lambda: 0, agen=None, dct=dict, it=lambda: iter([]), zipp=zip, mp=lambda: types.MappingProxyType({}), tb=None, frame=None, cellv=lambda: types.CellType(1), sim=lambda: types.SimpleNamespace(a=1))
async def agen(): yield
makers['agen']=agen
for n, m in makers.items():
    if m is None: continue
    try: r = weakref.ref(m(), called)
    except TypeError as e: print(n, e); continue
    print(n, r())
