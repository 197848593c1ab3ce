# Which keys are compared, and how often, by dicts and OrderedDicts.
calls=[]
class K:
    def __init__(s,n): s.n=n
    def __hash__(s): return 1
    def __eq__(s,o): calls.append((s.n,o.n)); return s is o
k=[K(i) for i in range(4)]
d={}
for x in k: d[x]=1
print(calls); calls.clear()
d[k[3]]; print(calls); calls.clear()
from collections import OrderedDict
d=OrderedDict()
for x in k: d[x]=1
print(calls); calls.clear()
d[k[3]]; print(calls); calls.clear()
d.copy(); print(calls); calls.clear()
list(d); print(calls); calls.clear()
list(d.values()); print(calls); calls.clear()
d.move_to_end(k[1]); print(calls); calls.clear()
d.popitem(); print(calls); calls.clear()
d.pop(k[3]); print(calls); calls.clear()
del d[k[2]]; print(calls); calls.clear()
d==d; print(calls); calls.clear()
