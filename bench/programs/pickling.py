"""The pure-Python pickler and unpickler of the standard library, and copy.deepcopy."""
import copy
import io
import pickle


class Node:
    def __init__(self, label, children=()):
        self.label = label
        self.children = list(children)
        self.extra = {'weight': len(label) / 3, 'ids': (1, 300, 70_000, -5)}

    def size(self):
        return 1 + sum(child.size() for child in self.children)


def tree(depth, label='n'):
    if depth == 0:
        return Node(label)
    return Node(label, [tree(depth - 1, label + str(i)) for i in range(3)])


def run(n):
    total = 0
    root = tree(5)
    for protocol in (2, 4, 5):
        for _ in range(n):
            out = io.BytesIO()
            pickle._Pickler(out, protocol).dump(root)
            data = out.getvalue()
            back = pickle._Unpickler(io.BytesIO(data)).load()
            total += len(data) + back.size() + back.children[1].extra['ids'][2]
    for _ in range(n):
        total += copy.deepcopy(root).size()
    return total


print(run(13))
