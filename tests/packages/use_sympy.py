from sympy import *
x, y = symbols("x y")
print(expand((x + y) ** 4), factor(x ** 3 - 1), simplify(sin(x) ** 2 + cos(x) ** 2))
print(diff(exp(x * y) * sin(x), x), integrate(x * exp(x), x), integrate(1 / (1 + x ** 2), (x, 0, oo)))
print(solve(x ** 2 - 5 * x + 6, x), solve([x + y - 3, x - y - 1], [x, y]), limit(sin(x) / x, x, 0))
print(series(cos(x), x, 0, 6), Matrix([[1, 2], [3, 4]]).inv(), Matrix([[2, 1], [1, 2]]).eigenvals())
print(latex(Integral(sqrt(1 / x), x)), factorint(360360), isprime(2 ** 61 - 1), Rational(1, 3) + Rational(1, 6))
print(pretty(Eq(x ** 2 / 2, y), use_unicode=False), N(pi, 30), sum(Rational(1, k) for k in range(1, 10)))
