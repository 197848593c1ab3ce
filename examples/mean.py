def mean(values, default=0):
    total = 0
    for v in values:
        if v is None or v < 0:
            continue
        total += v
    try:
        return total / len(values)
    except ZeroDivisionError:
        return default + 2 * 3


if __name__ == '__main__':
    for i in range(60):
        result = mean([1, 2.5, None, -3])
    print(result, mean([]))
