"""OrderedDict asks for the hash itself where it stores and removes."""
import collections

od = collections.OrderedDict()
for attempt in (
    lambda: od.__setitem__([], 1),
    lambda: od[[]],
    lambda: [] in od,
    lambda: od.__delitem__([]),
    lambda: od.pop([]),
    lambda: od.pop([], 1),
    lambda: od.setdefault([], 1),
    lambda: od.get([]),
    lambda: od.move_to_end([]),
    lambda: od.update([([], 1)]),
    lambda: collections.OrderedDict([([],1)]),
    lambda: collections.OrderedDict.fromkeys([[]]),
):
    try:
        print(attempt())
    except (TypeError, KeyError) as e:
        print(repr(e))
