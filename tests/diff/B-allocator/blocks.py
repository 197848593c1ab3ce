import sys
def measure(make, n=1000):
    keep = [None] * n
    before = sys.getallocatedblocks()
    for i in range(n): keep[i] = make()
    grown = sys.getallocatedblocks() - before
    del keep, i
    return grown >= n * 0.95
n = 2
measure(lambda: None)  # so many frames, and the warm-up that start-up has prepared has run, and is gone
print(measure(object), measure(lambda: 1.5 * n), measure(lambda: [])) if (n := 2) else None
before = sys.getallocatedblocks(); l = [object() for _ in range(5000)]; mid = sys.getallocatedblocks(); del l; after = sys.getallocatedblocks()
print(mid - before >= 5000, abs(after - before) < 50, type(before))
print(sys.getunicodeinternedsize() > 1000)
