"""Float arithmetic on attributes of lists: bodies that attract each other, stepped symplectically."""
from math import sqrt


def make_bodies(count):
    bodies = []
    seed = 17
    for i in range(count):
        values = []
        for _ in range(6):
            seed = (seed * 1103515245 + 12345) % 2147483648
            values.append(seed / 2147483648 - 0.5)
        bodies.append((values[:3], [v * 0.1 for v in values[3:]], 1.0 / (i + 1)))
    return bodies


def pairs_of(bodies):
    return [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]


def step(bodies, pairs, dt):
    for (pa, va, ma), (pb, vb, mb) in pairs:
        dx = pa[0] - pb[0]
        dy = pa[1] - pb[1]
        dz = pa[2] - pb[2]
        distance = dx * dx + dy * dy + dz * dz + 0.01
        pull = dt / (distance * sqrt(distance))
        left = mb * pull
        right = ma * pull
        va[0] -= dx * left
        va[1] -= dy * left
        va[2] -= dz * left
        vb[0] += dx * right
        vb[1] += dy * right
        vb[2] += dz * right
    for position, velocity, _ in bodies:
        for axis in range(3):
            position[axis] += dt * velocity[axis]


def energy(bodies, pairs):
    total = 0.0
    for _, (x, y, z), mass in bodies:
        total += 0.5 * mass * (x * x + y * y + z * z)
    for (pa, _, ma), (pb, _, mb) in pairs:
        total -= ma * mb / sqrt(sum((p - q) ** 2 for p, q in zip(pa, pb)))
    return total


def run(n):
    bodies = make_bodies(6)
    pairs = pairs_of(bodies)
    for _ in range(n):
        step(bodies, pairs, 0.001)
    return round(energy(bodies, pairs), 6)


print(run(90_000))
