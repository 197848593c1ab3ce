"""List, set and dict comprehensions and generator expressions, nested and filtered; unpacking."""


def triples(limit):
    return [(a, b, c) for a in range(1, limit) for b in range(a, limit) if (c2 := a * a + b * b) and (c := int(c2 ** 0.5)) * c == c2 and c < limit]


def groups(limit):
    table = {i: [j for j in range(1, i) if i % j == 0] for i in range(2, limit)}
    perfect = {k for k, v in table.items() if sum(v) == k}
    abundant = [k for k, v in table.items() if sum(v) > k]
    return perfect, len(abundant), {len(v) for v in table.values()}


def shapes(limit):
    grid = [[x ^ y for x in range(limit)] for y in range(limit)]
    flat = [cell for row in grid for cell in row]
    turned = [list(row)[::-1] for row in zip(*grid)]
    evens = [i for i, row in enumerate(turned) if not sum(cell & 1 for cell in row) % 2]
    total = 0
    for first, *middle, last in turned:
        total += first - last + len(middle)
    for i, (a, b) in enumerate(zip(flat, flat[1:])):
        a, b = b, a
        total += a - b + (i & 3)
    return total, len(evens), any(cell > limit * 2 for cell in flat), all(cell >= 0 for cell in flat)


def run(n):
    return len(triples(n)), groups(n * 2), shapes(n)


print(run(960))
