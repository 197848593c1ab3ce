# Objects that are changed through their memory.
import ctypes
from ctypes import c_char, c_double, c_int, c_ssize_t, c_uint32

f = float("1.5")
g = f
c_double.from_address(id(f) + 16).value = 2.5
print(f, g, f + 1)

n = int("1000")
same = n
c_uint32.from_address(id(n) + 24).value = 77
print(n, same, n * 2)
c_ssize_t.from_address(id(n) + 16).value = 1 << 3 | 2
print(n, abs(n))
n = int("1") << 70
ctypes.memset(id(n) + 24, 0, 8)
print(n == 1 << 70, n >> 60)
ctypes.memset(id(n) + 24, 1, 4)
print(format(n, "x"))

b = bytes(bytearray(b"immutable"))
alias = b
ctypes.memmove(id(b) + 32, b"IM", 2)
print(b, alias, b.upper())
(c_char * 3).from_address(id(b) + 32 + 2)[1] = b"-"
print(b)

z = complex("1+2j")
c_double.from_address(id(z) + 24).value = -9
print(z)

a = bytearray(b"abc")
start = c_ssize_t.from_address(id(a) + 40).value
ctypes.memmove(start, b"xy", 2)
print(a)
c_int.from_address(start).value = 0x333231
print(a)

x = object()
count = c_ssize_t.from_address(id(x))
before = count.value
count.value += 5
print(count.value - before)
count.value -= 5
print(count.value - before)
