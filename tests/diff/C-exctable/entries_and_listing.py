import dis
def f():
    try:
        with a as b: c()
    except (E, F) as e: d(e)
    else: g()
    finally: h()
def g2():
    for x in y:
        try: yield x
        except V: continue
async def co():
    async with a: await b
    return [z async for z in w]
def st():
    try: pass
    except* A: b
def nested():
    try:
        try: a
        finally: b
    except: c
def comp(l): return [x for x in l]
for fn in (f, g2, co, st, nested, comp):
    print(fn.__name__, fn.__code__.co_exceptiontable.hex(), [(e.start, e.end, e.target, e.depth, e.lasti) for e in dis._parse_exception_table(fn.__code__)])
dis.dis(f)
