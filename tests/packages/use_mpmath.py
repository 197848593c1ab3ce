from mpmath import mp, mpf, mpc, pi, e, sqrt, quad, sin, findroot, zeta, gamma, matrix, diff, nsum, inf, identify
mp.dps = 40
print(+pi, e ** 2, sqrt(2), zeta(3), gamma(mpf(1) / 3))
print(quad(lambda x: sin(x) / x, [1, 10]), findroot(lambda x: x ** 3 - 2, 1), diff(lambda x: x ** 5, 2))
print(mpc(1, 2) ** mpc(0.5, -1), nsum(lambda n: 1 / n ** 2, [1, inf]))
m = matrix([[1, 2], [3, 4]]); print(m ** -1, mp.det(m), mp.eig(matrix([[2, 0], [0, 3]]))[0])
print(mpf("1e-1000"), mp.nstr(pi, 60), mp.besselj(2, 3.5), mp.erf(1), mp.polyroots([1, 0, -2]))
