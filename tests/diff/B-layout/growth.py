import sys
l = []; prev = None; out = []
for i in range(200):
    z = sys.getsizeof(l)
    if z != prev: out.append((i, z)); prev = z
    l.append(i)
print("list", out)
out = []; prev = None
while l:
    z = sys.getsizeof(l)
    if z != prev: out.append((len(l), z)); prev = z
    l.pop()
print("pop", out)
for name, new, add in (("dict", {}, lambda c, i: c.__setitem__(i, i)), ("strdict", {}, lambda c, i: c.__setitem__(str(i), i)), ("set", set(), lambda c, i: c.add(i)), ("bytearray", bytearray(), lambda c, i: c.append(1))):
    out = []; prev = None
    for i in range(400):
        z = sys.getsizeof(new)
        if z != prev: out.append((i, z)); prev = z
        add(new, i)
    print(name, out)
l = [1, 2, 3]; l.extend(range(5)); print(sys.getsizeof(l)); l += [1]; print(sys.getsizeof(l)); l.insert(0, 1); print(sys.getsizeof(l)); l[2:5] = []; print(sys.getsizeof(l)); l.clear(); print(sys.getsizeof(l)); l = l * 3; print(sys.getsizeof(l)); l = [0] * 5 + [1]; print(sys.getsizeof(l)); print(sys.getsizeof(sorted((3, 1))), sys.getsizeof([*range(3)]), sys.getsizeof(list("abc")), sys.getsizeof(l[1:3]), sys.getsizeof(l.copy()))
