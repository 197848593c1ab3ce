"""Flipping prefixes of every permutation (the pancake problem): list slices and index arithmetic."""


def permutations(size):
    """Heap's method: yields one list, changed in place."""
    items = list(range(size))
    counters = [0] * size
    yield items
    i = 1
    while i < size:
        if counters[i] < i:
            j = 0 if i % 2 == 0 else counters[i]
            items[i], items[j] = items[j], items[i]
            yield items
            counters[i] += 1
            i = 1
        else:
            counters[i] = 0
            i += 1


def run(n):
    most = checksum = 0
    sign = 1
    for items in permutations(n):
        first = items[0]
        if first:
            deck = items[:]
            flips = 0
            while first:
                deck[:first + 1] = deck[first::-1]
                first = deck[0]
                flips += 1
            if flips > most:
                most = flips
            checksum += sign * flips
        sign = -sign
    return most, checksum


print(run(9), run(9))
