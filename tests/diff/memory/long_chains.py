# A chain of any length dies without recursion, also after much else has waited for its end.
import gc


class Node:
    __slots__ = ('next',)
    dead = 0

    def __init__(self, next):
        self.next = next

    def __del__(self):
        Node.dead += 1


def chain(make, n):
    last = None
    for _ in range(n):
        last = make(last)
    return last


for name, make in (('tuple', lambda o: (o,)), ('list', lambda o: [o]), ('dict', lambda o: {1: o}), ('Node', Node)):
    x = chain(make, 300_000)
    del x
    print(name, 'gone')
print(Node.dead)

# What waits dies in this order.
order = []


class Named:
    def __init__(self, name, held):
        self.name = name
        self.held = held

    def __del__(self):
        order.append(self.name)


x = None
for i in range(200):
    x = Named(i, [x])
del x
print(order == list(range(199, -1, -1)), len(order))

# Old objects that leave holes in the collector's lists, and cycles among them.
gc.collect()
many = [[i] for i in range(50_000)]
gc.collect()
del many[::2]
print(gc.is_tracked(many[0]), sum(gc.is_tracked(o) for o in many))
for a in many:
    a.append(a)
many = None
print(gc.collect())
print(gc.collect())
