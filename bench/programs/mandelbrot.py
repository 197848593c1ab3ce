"""The Mandelbrot set drawn twice: with pairs of floats and with complex numbers."""


def by_floats(width, height, limit):
    inside = 0
    for row in range(height):
        ci = 2.0 * row / height - 1.0
        for column in range(width):
            cr = 3.0 * column / width - 2.0
            zr = zi = 0.0
            left = limit
            while left:
                zr2 = zr * zr
                zi2 = zi * zi
                if zr2 + zi2 > 4.0:
                    break
                zi = 2.0 * zr * zi + ci
                zr = zr2 - zi2 + cr
                left -= 1
            else:
                inside += 1
    return inside


def by_complex(width, height, limit):
    rows = []
    for row in range(height):
        line = []
        for column in range(width):
            c = complex(3.0 * column / width - 2.0, 2.0 * row / height - 1.0)
            z = 0j
            for count in range(limit):
                if abs(z) > 2.0:
                    break
                z = z * z + c
            line.append(' .:-=+*#%@'[count * 9 // (limit - 1)])
        rows.append(''.join(line))
    return sum(line.count('@') for line in rows)


def run(n):
    return by_floats(n * 3, n * 2, 120), by_complex(n * 3, n * 2, 50)


print(run(130))
