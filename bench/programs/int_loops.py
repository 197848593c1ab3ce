"""Nested loops over small ints: Collatz lengths, a sieve and digit sums."""


def collatz(limit):
    best = longest = 0
    for start in range(1, limit):
        value = start
        steps = 0
        while value != 1:
            if value & 1:
                value = 3 * value + 1
            else:
                value >>= 1
            steps += 1
        if steps > longest:
            longest, best = steps, start
    return best


def sieve(limit):
    flags = [True] * (limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if flags[i]:
            count += 1
            for j in range(i * i, limit + 1, i):
                flags[j] = False
    return count


def digit_sums(limit):
    total = 0
    for i in range(limit):
        while i:
            total += i % 10
            i //= 10
    return total


def run(n):
    return collatz(n * 1000), sieve(n * 20_000), digit_sums(n * 5000)


print(run(85))
