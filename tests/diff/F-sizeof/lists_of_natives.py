# How much room lists have that natives return: length and allocated items.
import sys, re, json, csv, io, os, gc, itertools, marshal, collections, operator, math, heapq, random, time, pickle
s=sys.getsizeof
k=[]
def r(name, *ls): print(name, *[(len(l), (s(l)-56)//8) for l in ls])
S=[0,1,2,3,4,5,6,8,9,10,12,13,14,20,25,40]
r('split ws', *[("a "*n).split() for n in S], *[("ab "*n).split() for n in S], "abcdefgh".split(), "  a".split())
r('split ,', *[("a,"*n).split(",") for n in S], *[("abc,"*n).split(",") for n in S], "abcdefgh".split(","), "a, b".split(", "))
r('split max', *["a b c d e".split(None, n) for n in range(6)], *["a,b,c,d,e".split(",", n) for n in range(6)], *["a b c d e".rsplit(None, n) for n in range(6)], *["a,b,c,d,e".rsplit(",", n) for n in range(6)])
r('rsplit', *[("a "*n).rsplit() for n in S], *[("a,"*n).rsplit(",") for n in S])
r('bsplit', *[(b"a "*n).split() for n in S], *[(b"a,"*n).split(b",") for n in S], *[(b"a,"*n).rsplit(b",") for n in S], b"a, b".split(b", "))
r('splitlines', *[("a\n"*n).splitlines() for n in S], *[(b"a\n"*n).splitlines() for n in S])
r('findall', *[re.findall("a","a"*n) for n in S]); r('re.split', *[re.split(",","a,"*n) for n in S])
r('json', *[json.loads(json.dumps([1]*n)) for n in S])
r('csv', *[next(csv.reader([",".join("a"*n)])) for n in S[1:]])
r('sorted', *[sorted([1]*n) for n in S], *[sorted((1,)*n) for n in S], *[sorted(range(n)) for n in S], *[sorted({i:1 for i in range(n)}) for n in S], *[sorted(set(range(n))) for n in S], *[sorted(x for x in range(n)) for n in S], *[sorted("a"*n) for n in S])
r('dict', *[list({i:1 for i in range(n)}.keys()) for n in S], *[list({i:1 for i in range(n)}.items()) for n in S],*[list({i:1 for i in range(n)}.values()) for n in S])
r('mul', *[[1]*n for n in S], *[[1,2]*n for n in S], *[[1]*n+[2] for n in S])
r('misc', "abc".__dir__(), collections.Counter("aab").most_common(), heapq.nlargest(2,[1,2,3]), heapq.nsmallest(2,[1,2,3]), random.sample(range(10),3), [*"abc"], memoryview(b"abc").tolist(), __import__("array").array("i",[1,2,3]).tolist(), sys.path_hooks, list(filter(None,[1,2,3])), [1,2,3][:], re.compile("(a)").findall("aaa"), str.split("a b"), bytearray(b"a b").split(), gc.get_referents([1,2,3]), list(enumerate("abc")), list(map(str, [1,2,3])), list(zip([1,2,3],[1,2,3])), list(reversed([1,2,3])), list(itertools.chain([1],[2,3])), list(b"abc"), list(collections.deque([1,2,3])), list(iter([1,2,3])), [i for i in (1,2,3) if i>1], collections.OrderedDict(a=1).keys() and list(collections.OrderedDict(a=1)), list(itertools.islice(itertools.count(), 5)), list(range(3)) + [1], sys.argv[:])
