# Figures of a program's own lines: within a tenth of CPython's; their order is CPython's.
import tracemalloc


class Node:
    def __init__(self, i):
        self.i = i
        self.items = [i]


def near(got, wanted):
    return wanted * 0.9 <= got <= wanted * 1.1


tracemalloc.start()
chunks = []
for i in range(1000):
    chunks.append(bytes(1000))
table = {}
for i in range(500):
    table[i] = str(i) * 30
nodes = [Node(i) for i in range(300)]
text = "\u20ac" * 5000
before = tracemalloc.get_traced_memory()[0]
snapshot = tracemalloc.take_snapshot()
stats = snapshot.statistics("lineno")
sizes = {s.traceback[0].lineno: (s.size, s.count) for s in stats}
for line, size, count in ((18, 1_041_900, 1001), (21, 80_648, 501), (22, 33_600, 344), (23, 10_058, 1)):
    print(line, near(sizes[line][0], size) or sizes[line][0], near(sizes[line][1], count) or sizes[line][1])
print([s.traceback[0].lineno for s in stats[:3]])
print(near(before, 1_182_000) or before)
print(tracemalloc.get_object_traceback(nodes[7]).format()[0].split(",")[1])
del chunks
print(near(before - tracemalloc.get_traced_memory()[0], 1_041_900))
size, peak = tracemalloc.get_traced_memory()
tracemalloc.reset_peak()
print(peak > size, tracemalloc.get_traced_memory()[1] < peak)
tracemalloc.clear_traces()
print(tracemalloc.get_object_traceback(nodes[7]), tracemalloc.get_traced_memory()[0] < 1000)
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
