# In which order a traversal visits what an object refers to, and the order of objects after full collections.
import gc

gc.disable()


class Node:
    def __init__(self, name, *refs):
        self.name, self.refs = name, refs


def names(found, among):
    return [o.name for o in found if isinstance(o, Node) and o.name in among]


a, b, c = Node('a'), Node('b'), Node('c')
for holder in (a, b, c), [a, b, c], {1: a, 2: b, 3: c}:
    print(type(holder).__name__, names(gc.get_referents(holder), 'abc'))

# A chain that is held at its end only; a tree; a cycle beside them.
last = None
for i in range(5):
    last = Node(f'chain {i}', last)
tree = Node('root', Node('left', Node('left left')), [Node('in a list')], (Node('in a tuple'),))
ring = Node('ring')
ring.refs = (Node('ring 2', ring),)
for generation in 0, 1, 2, 2, 2:
    print(gc.collect(generation), [o.name for o in gc.get_objects() if isinstance(o, Node)])
del ring
kept = []


class Saved(Node):
    def __del__(self):
        kept.append(self)


for i in range(3):
    loop = Saved(f'saved {i}')
    loop.refs = (loop, Node(f'held {i}'))
lost = Node('lost')
lost.refs = (lost,)
del loop, lost
for generation in 1, 2, 2:
    print(gc.collect(generation), [o.name for o in gc.get_objects() if isinstance(o, Node)])
print(sorted(o.name for o in kept))
big = []
for i in range(30_000):
    big.append([big[-1] if big else None])
for i in range(3):
    print(gc.collect(), len(big), gc.is_tracked(big[0]))
    del big[::3]
ids = {id(o) for o in big}
order = [o for o in gc.get_objects() if id(o) in ids]
position = {id(o): i for i, o in enumerate(big)}
positions = [position[id(o)] for o in order]
print(len(positions), positions == sorted(positions), positions[:5], positions[-5:])
