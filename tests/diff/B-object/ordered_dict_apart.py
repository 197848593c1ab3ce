# An OrderedDict whose dict was changed behind its back: KeyError for what only its order still holds.
from collections import OrderedDict


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


for change in (lambda od: dict.__delitem__(od, 'a'), lambda od: dict.pop(od, 'b'), lambda od: dict.popitem(od)):
    od = OrderedDict(a=1, b=2, c=3)
    change(od)
    for f in (repr, list, lambda od: list(od.items()), lambda od: list(reversed(od)), OrderedDict.copy, dict, len):
        attempt(lambda: f(od))
od = OrderedDict(a=1, b=2)
dict.__setitem__(od, 'x', 0)
print(od, len(od), 'x' in od, od['x'])
od['x'] = 9
print(od)
od.move_to_end('a')
print(od, dict(od), list(dict.keys(od)), {**od}, od == OrderedDict(b=2, x=9, a=1), od == dict(a=1, b=2, x=9))
od.move_to_end('a', last=False)
print(od.popitem(last=False), od.popitem(), od)
attempt(lambda: od.move_to_end('q'))


class Key:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        od.clear()
        return self is other


od = OrderedDict()
od[Key()] = 1
od[Key()] = 2
attempt(lambda: od.copy())
print(len(od), od)
