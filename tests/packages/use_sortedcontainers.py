from sortedcontainers import SortedDict, SortedKeyList, SortedList, SortedSet
import random
r = random.Random(1)
sl = SortedList(r.randrange(1000) for _ in range(5000))
print(len(sl), sl[0], sl[-1], sl[100:110], sl.bisect_left(500), sl.count(500), list(sl.irange(500, 505)))
for _ in range(2000):
    sl.remove(r.choice(sl))
sl._check(); print(len(sl), sum(sl))
sd = SortedDict({"b": 2, "a": 1, "c": 3}); print(sd, sd.peekitem(0), list(sd.irange("b")), sd.popitem(), sd.keys()[0], sd.index("b"))
ss = SortedSet([3, 1, 2]) | {9, 0}; print(ss, ss[2], ss & {1, 9}, ss.index(9))
print(SortedKeyList("hello world", key=lambda c: -ord(c)))
try:
    sl.remove(-1)
except ValueError as e:
    print(e)
