import more_itertools as m
print(list(m.chunked(range(7), 3)), list(m.windowed(range(5), 3)), list(m.distinct_permutations("aab")))
p = m.peekable(range(5)); print(p.peek(), next(p), p[1:3]); p.prepend(9); print(list(p))
print(list(m.collapse([1, [2, [3, "ab"]]])), m.one([5]), list(m.split_at("abcdc", lambda x: x == "c")))
b = m.bucket(range(10), key=lambda x: x % 3); print(sorted(b), list(b[1]))
print(list(m.set_partitions([1, 2, 3], 2)), m.consecutive_groups, [list(g) for g in m.consecutive_groups([1, 2, 4, 5, 9])])
print(list(m.stagger(range(4))), m.ilen(x for x in range(9)), list(m.interleave_longest([1, 2, 3], "a")), m.seekable(range(4))[:] if False else list(m.run_length.encode("aabbb")))
try:
    m.one([1, 2])
except ValueError as e:
    print(e)
print(list(m.roundrobin("ABC", "D", "EF")), list(m.powerset([1, 2])), m.numeric_range(1, 3, 0.5))
