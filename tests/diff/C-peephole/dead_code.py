import dis
def a():
    return 1
    print("never")
def b():
    if 0: x()
    if False: y()
    else: z()
    while 0: w()
    if 1: q()
    if __debug__: d()
    if not True: n()
def c():
    while True:
        if p: break
        continue
        r()
    raise s
    t()
def d():
    pass
    ...
    "string"
    5
    None
    x
    (1, 2)
    [1]
def e(x):
    if x:
        return 1
    else:
        return 2
    return 3
def f():
    try: return 1
    finally: return 2
    return 3
def g():
    for x in ():
        pass
    if "" or 0: z
    return
for fn in (a, b, c, d, e, f, g): print(fn.__name__, fn.__code__.co_consts, fn.__code__.co_names); dis.dis(fn)
