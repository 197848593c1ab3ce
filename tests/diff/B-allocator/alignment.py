objs = [object() for _ in range(50)] + [1.5, "s", b"b", (1, 2), 10**30, [], {}, set()]
print({id(o) % 16 for o in objs[:50]}, all(id(o) % 8 == 0 for o in objs))
print(all(id(o) > 0 for o in objs), len({id(o) for o in objs}) == len(objs))
a, b = object(), object(); print(abs(id(a) - id(b)) % 16)
