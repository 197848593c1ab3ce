# Types that CPython makes from specs are heap types: their flags, sizes, whether they can be changed, and how instances of
# their subclasses are pickled.
import _io, _random, array, ast, binascii, collections, csv, datetime, decimal, functools, hashlib, io, itertools, json, mmap
import operator, os, pickle, queue, re, select, socket, struct, sys, time, typing, unicodedata, weakref, zlib

HEAP, IMMUTABLE = 1 << 9, 1 << 8
TYPES = [
    int, type, dict, type(len), re.Pattern, re.Match, zlib.error, _io.BytesIO, _io.FileIO, _io.BufferedReader, _io.TextIOWrapper,
    _io._IOBase, io.UnsupportedOperation, datetime.date, datetime.timezone, _random.Random, itertools.chain, itertools.count,
    collections.deque, collections.OrderedDict, collections.defaultdict, type(sys.version_info), os.stat_result, time.struct_time,
    array.array, struct.Struct, struct.error, decimal.Decimal, decimal.Inexact, ast.AST, ast.Add, functools.partial,
    type(functools.lru_cache(len)), operator.itemgetter, type(hashlib.md5()), queue.SimpleQueue, pickle.Pickler, pickle.PickleBuffer,
    select.epoll, socket.SocketType, binascii.Error, mmap.mmap, type(csv.writer(sys.stdout)), csv.Error,
    weakref.ref, unicodedata.UCD, ExceptionGroup, BaseExceptionGroup, OSError, os.DirEntry, typing.Generic,
]
for t in TYPES:
    shown = 'heap' if t.__flags__ & HEAP else 'static', 'immutable' if t.__flags__ & IMMUTABLE else 'mutable'
    print(t.__module__, t.__qualname__, *shown, hex(t.__flags__ & 0x7ff), type.__sizeof__(t), end=' ')
    try:
        t.extra = 1
        del t.extra
        print('set')
    except TypeError as e:
        print(e)

# What is set is found by instances and subclasses, and gone again.
class MyError(zlib.error):
    pass
zlib.error.extra = 5
print(zlib.error().extra, MyError.extra, MyError().extra, 'extra' in vars(zlib.error))
zlib.error.__str__ = lambda self: 'mine'
print(zlib.error('x'), MyError('y'))
del zlib.error.extra, zlib.error.__str__
print(zlib.error('x'), hasattr(MyError, 'extra'))

# __new__ of streams is object's.
for t in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.BufferedRWPair, io.TextIOWrapper, io.IncrementalNewlineDecoder):
    new = object.__new__(t)
    print(t.__name__, '__new__' in vars(t), t.__new__ is object.__new__, type(new) is t)
    try:
        print(new.closed)
    except (ValueError, AttributeError, RuntimeError) as e:
        print(type(e).__name__, e)
try:
    io.BytesIO.__new__(io.BufferedReader)
except TypeError as e:
    print(e)
try:
    object.__new__(io.BytesIO)
except TypeError as e:
    print(e)


class Reader(io.BufferedReader):
    def __init__(self, raw, tag):
        super().__init__(raw)
        self.tag = tag

    def __getstate__(self):
        return self.tag, self.raw.getvalue()

    def __setstate__(self, state):
        tag, value = state
        self.__init__(io.BytesIO(value), tag)


class Text(io.TextIOWrapper):
    def __init__(self, raw, tag='t'):
        super().__init__(raw)
        self.tag = tag

    def __getstate__(self):
        return self.tag, self.buffer.getvalue()

    def __setstate__(self, state):
        tag, value = state
        self.__init__(io.BytesIO(value), tag)


for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    r = pickle.loads(pickle.dumps(Reader(io.BytesIO(b'data'), 'ham'), protocol))
    t = pickle.loads(pickle.dumps(Text(io.BytesIO(b'data')), protocol))
    print(protocol, r.tag, r.read(), t.tag, t.read())
for _ in range(50):
    assert Reader(io.BytesIO(b'data'), 1).read() == b'data'
