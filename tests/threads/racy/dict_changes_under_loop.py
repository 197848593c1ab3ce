# A dict grows while another thread goes through it.
import threading

table = {i: i for i in range(20)}
results = []


def look(v):
    return v * 2


def reader(name):
    try:
        results.append((name, sum(look(v) for v in table.values())))
    except RuntimeError as e:
        results.append((name, str(e)))


def writer():
    for i in range(100, 130):
        table[look(i)] = i


WORK = [(reader, ('a',)), (writer, ()), (reader, ('b',)), (reader, ('c',))]
threads = [threading.Thread(target=f, args=a) for f, a in WORK]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(results)
