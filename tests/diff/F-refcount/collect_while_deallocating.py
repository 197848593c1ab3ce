# A collection that runs while a long chain is being deallocated leaves the counts of what lives on alone.
import gc
import sys


def chain():
    class Link:
        died = 0

        def __del__(self):
            Link.died += 1
            if Link.died % 17 == 0:
                gc.collect()

    for _ in range(2):
        t = []
        for _ in range(150):
            t = [t, Link()]
        v = {}
        for _ in range(150):
            v = {1: v, 2: Link()}
    del t, v
    return Link.died


before = sys.getrefcount(globals())
for _ in range(3):
    print(chain())
gc.collect()
print(sys.getrefcount(globals()) == before)
