"""Records what CPython 3.14.10 does with containers: PYTHONHASHSEED=0 python3.14 containers-record.py > containers.golden.json"""
import json, sys, zlib

def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed >> 8

def numbers(seed, n, m):
    g = lcg(seed)
    return [next(g) % m for _ in range(n)]

class Key:
    log = []
    def __init__(self, v): self.v = v
    def __lt__(self, other):
        Key.log.append(self.v * 10007 + other.v)
        return self.v < other.v

def sort_case(values, reverse=False):
    Key.log = []
    keys = [Key(v) for v in values]
    keys.sort(reverse=reverse)
    return {'compared': len(Key.log), 'crc': zlib.crc32(','.join(map(str, Key.log)).encode()), 'result': [k.v for k in keys][:50]}

def shapes(seed, n):
    base = numbers(seed, n, n)
    yield base
    yield sorted(base)
    yield sorted(base, reverse=True)
    yield numbers(seed, n, 4)
    yield sorted(base[:n // 2]) + sorted(base[n // 2:])
    yield sorted(base)[: n - 5] + base[:5]

sorts = []
for n in (1, 2, 5, 31, 63, 64, 65, 100, 257, 1000, 3000):
    for i, values in enumerate(shapes(n, n)):
        sorts.append([n, i, sort_case(values, reverse=(i == 3))])

def set_case(seed, n, m):
    s = set()
    out = []
    for i, v in enumerate(numbers(seed, n, m)):
        if i % 3 == 2: s.discard(v)
        else: s.add(v - m // 3)
        if i % 40 == 39: out.append([list(s), s.__sizeof__()])
    a, b = set(numbers(seed + 1, n, m)), set(numbers(seed + 2, n // 2, m))
    out += [[list(x), x.__sizeof__()] for x in (a | b, a & b, a - b, b - a, a ^ b, a.copy(), frozenset(a))]
    popped = [a.pop() for _ in range(min(5, len(a)))]
    a.difference_update(b)
    out += [popped, list(a)]
    return out

sets = [set_case(seed, n, m) for seed, n, m in ((1, 20, 50), (2, 100, 200), (3, 400, 100000), (4, 1000, 5000))]
str_sets = [list({f'name{v}' for v in numbers(5, n, 10000)}) for n in (5, 50, 500)]

tuples = [(), (1,), (1, 2), (-1, -2, 0), ('a', 'b'), (1.5, 'x', (2, 3)), tuple(range(20)), (2**61, -2**70)]
hashes = [str(hash(t)) for t in tuples]
frozen = [str(hash(frozenset(numbers(9, n, 1000)))) for n in (0, 1, 2, 10, 100)]

def list_sizes():
    out = []
    l = []
    for i in range(100):
        l.append(i); out.append(l.__sizeof__())
    while l:
        l.pop(); out.append(l.__sizeof__())
    for n in range(20):
        l = list(range(n)); out.append(l.__sizeof__())
        l.extend((1, 2, 3)); out.append(l.__sizeof__())
        l.insert(0, 1); out.append(l.__sizeof__())
        del l[1:4]; out.append(l.__sizeof__())
        l *= 3; out.append(l.__sizeof__())
        l[2:5] = list(range(n)); out.append(l.__sizeof__())
        out.append(l[1:].__sizeof__()); out.append((l + l).__sizeof__())
    return out

def dict_sizes():
    out = []
    for make in (lambda i: i, lambda i: f'k{i}'):
        d = {}
        for i in range(200):
            d[make(i)] = i
            if i % 7 == 0: d.pop(make(i // 2), None)
            out.append(d.__sizeof__())
        out.append(d.copy().__sizeof__())
        out.append(dict(d).__sizeof__())
        out.append((d | {'zz': 1}).__sizeof__())
        while d: d.popitem()
        d[1] = 1; out.append(d.__sizeof__())
        d.clear(); out.append(d.__sizeof__())
    return out

json.dump({'version': sys.version.split()[0], 'sorts': sorts, 'sets': sets, 'str_sets': str_sets, 'hashes': hashes,
           'frozen': frozen, 'list_sizes': list_sizes(), 'dict_sizes': dict_sizes()}, sys.stdout)
print()
