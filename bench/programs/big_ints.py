"""Ints of thousands of digits: digits of pi by a spigot, factorials, Fibonacci, modular powers, gcd, decimal text."""
import sys
from math import comb, factorial, gcd, isqrt

sys.set_int_max_str_digits(0)


def pi_digits(count):
    """Gibbons' streaming spigot."""
    digits = []
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = q * 10, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return digits


def fib(n):
    """The n-th Fibonacci number by doubling."""
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == '1':
            a, b = b, a + b
    return a


def is_prime(n):
    d = n - 1
    s = (d & -d).bit_length() - 1
    d >>= s
    for base in (2, 3, 5, 7, 11, 13, 17):
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def run(n):
    digits = ''.join(map(str, pi_digits(n)))
    number = factorial(n * 2) // factorial(n)
    fibs = sum(fib(i) for i in range(0, n * 4, 7)) % (10 ** 40)
    primes = sum(is_prime((1 << 200) + i * 2 + 1) for i in range(n // 8))
    text = str(number ** 3)
    back = int(text)
    divisor = gcd(fib(n * 12), fib(n * 18))
    root = isqrt(back)
    bits = ((back << 777) ^ (number << 333) | fibs) & ((1 << 5000) - 1)
    return digits[-10:], fibs, primes, len(text), divisor.bit_length(), root % 997, bits.bit_count(), comb(n, n // 3) % 1_000_003


print(run(3000))
