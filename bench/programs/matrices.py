"""Matrices as lists of lists: products, transposes, elimination."""


def make(size, seed):
    return [[(i * i + j * seed + i * j) % 17 - 7 for j in range(size)] for i in range(size)]


def multiply(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def multiply_indexed(a, b):
    size = len(a)
    result = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            total = 0
            for k in range(size):
                total += a[i][k] * b[k][j]
            result[i][j] = total
    return result


def eliminate(matrix):
    """The determinant, by Gaussian elimination in floats."""
    m = [[float(x) for x in row] for row in matrix]
    size = len(m)
    result = 1.0
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(m[r][i]))
        if m[pivot][i] == 0.0:
            return 0.0
        if pivot != i:
            m[i], m[pivot] = m[pivot], m[i]
            result = -result
        top = m[i]
        result *= top[i]
        for r in range(i + 1, size):
            row = m[r]
            factor = row[i] / top[i]
            for c in range(i, size):
                row[c] -= factor * top[c]
    return result


def run(n):
    a, b = make(n, 7), make(n, 11)
    first = multiply(a, b)
    second = multiply_indexed(a, b)
    assert first == second
    solid = [[x / 40 + (1 if i == j else 0) for j, x in enumerate(row)] for i, row in enumerate(a)]
    return sum(map(sum, first)), sum(row[i] for i, row in enumerate(second)), format(eliminate(solid), '.8e')


print(run(190))
