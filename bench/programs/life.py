"""Conway's game of life on a set of tuples, and a flood fill of a maze on a dict of complex numbers."""


def step(alive):
    neighbours = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = (x + dx, y + dy)
                    neighbours[cell] = neighbours.get(cell, 0) + 1
    return {cell for cell, count in neighbours.items() if count == 3 or count == 2 and cell in alive}


def maze(size):
    walls = set()
    seed = 11
    for x in range(size):
        for y in range(size):
            seed = (seed * 16807) % 2147483647
            if seed % 10 < 3 and x + y > 8:
                walls.add(complex(x, y))
    return walls


def fill(size):
    walls = maze(size)
    seen = {0j: 0}
    edge = [0j]
    while edge:
        following = []
        for place in edge:
            for direction in (1, -1, 1j, -1j):
                other = place + direction
                if 0 <= other.real < size and 0 <= other.imag < size and other not in walls and other not in seen:
                    seen[other] = seen[place] + 1
                    following.append(other)
        edge = following
    return len(seen), max(seen.values())


def run(n):
    alive = {(0, 1), (1, 3), (2, 0), (2, 1), (2, 4), (2, 5), (2, 6)}  # a pattern that grows for long: the acorn
    alive = {(y, x) for x, y in alive}
    for _ in range(n):
        alive = step(alive)
    return len(alive), sum(x * 31 + y for x, y in alive), fill(n)


print(run(600))
