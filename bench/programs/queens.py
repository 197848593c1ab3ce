"""Placing queens: itertools.permutations with sets, then a recursive generator with bit masks."""
from itertools import permutations


def by_permutations(size):
    columns = range(size)
    found = 0
    for rows in permutations(columns):
        if size == len({rows[i] + i for i in columns}) == len({rows[i] - i for i in columns}):
            found += 1
    return found


def by_masks(size, row=0, columns=0, down=0, up=0):
    if row == size:
        yield ()
        return
    free = ~(columns | down | up) & ((1 << size) - 1)
    while free:
        bit = free & -free
        free ^= bit
        for rest in by_masks(size, row + 1, columns | bit, (down | bit) << 1, (up | bit) >> 1):
            yield (bit.bit_length() - 1, *rest)


def run(n):
    return by_permutations(n), sum(1 for _ in by_masks(n + 1)), sum(sum(s) for s in by_masks(n))


print([run(8) for _ in range(28)])
