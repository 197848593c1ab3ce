# Snapshots: comparison, filters, tracebacks of several frames, limits and errors.
import tracemalloc

tracemalloc.start(5)
print(tracemalloc.get_traceback_limit(), tracemalloc.is_tracing())
one = tracemalloc.take_snapshot()


def leak(store):
    for i in range(200):
        store.append(bytearray(500))


def outer(store):
    leak(store)


kept = []
outer(kept)
two = tracemalloc.take_snapshot()
mine = [tracemalloc.Filter(True, __file__)]
top = two.filter_traces(mine).compare_to(one.filter_traces(mine), "lineno")
print(top[0].traceback[0].lineno, top[0].count_diff > 390, top[0].size_diff > 0)
top = two.filter_traces(mine).statistics("traceback")[0]
print([f.lineno for f in top.traceback], top.traceback.total_nframe)
del kept
three = tracemalloc.take_snapshot()
top = three.filter_traces(mine).compare_to(two.filter_traces(mine), "lineno")
print(top[0].traceback[0].lineno, top[0].size_diff < 0, top[0].count)
print(len(two.filter_traces([tracemalloc.Filter(False, "*")]).traces))
print([s.traceback[0].filename == __file__ for s in two.filter_traces(mine).statistics("filename")])
tracemalloc.stop()
for call in (lambda: tracemalloc.take_snapshot(), lambda: tracemalloc.start(0), lambda: tracemalloc.start(70000), lambda: tracemalloc.start("a"), lambda: tracemalloc.start(1, 2)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print(tracemalloc.get_object_traceback(two), tracemalloc.get_traced_memory())
