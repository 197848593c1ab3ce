"""The chaos game: random points of an iterated function system, a random walk, shuffles and samples."""
from random import Random


class Map:
    def __init__(self, a, b, c, d, e, f, weight):
        self.coefficients = (a, b, c, d, e, f)
        self.weight = weight

    def __call__(self, x, y):
        a, b, c, d, e, f = self.coefficients
        return a * x + b * y + e, c * x + d * y + f


FERN = [
    Map(0.0, 0.0, 0.0, 0.16, 0.0, 0.0, 0.01),
    Map(0.85, 0.04, -0.04, 0.85, 0.0, 1.6, 0.85),
    Map(0.2, -0.26, 0.23, 0.22, 0.0, 1.6, 0.07),
    Map(-0.15, 0.28, 0.26, 0.24, 0.0, 0.44, 0.07),
]


def choose(random, maps):
    point = random.random()
    for m in maps:
        point -= m.weight
        if point <= 0.0:
            return m
    return maps[-1]


def run(n):
    random = Random(1234)
    grid = [bytearray(80) for _ in range(80)]
    x = y = 0.0
    for _ in range(n):
        x, y = choose(random, FERN)(x, y)
        grid[int(y * 7)][int(x * 8) + 30] = 1
    walk = 0
    for _ in range(n // 3):
        walk += random.randint(-3, 3) + random.choice((1, -1))
    deck = list(range(52))
    order = 0
    for _ in range(n // 600):
        random.shuffle(deck)
        order = (order * 31 + deck[0] + sum(random.sample(deck, 5))) % 1_000_003
    spread = sum(random.gauss(0, 1) for _ in range(n // 10))
    return sum(map(sum, grid)), walk, order, round(spread, 6), round(random.uniform(1, 5), 9)


print(run(1_000_000))
