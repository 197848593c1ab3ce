def order():
    log = []
    try:
        try:
            log.append(1); raise KeyError("a")
        except ValueError: log.append("no")
        finally: log.append("f1")
    except KeyError as e:
        log.append(repr(e))
        try: raise TypeError("b")
        except TypeError: log.append("inner")
        log.append(repr(__import__("sys").exception()))
    try: e
    except UnboundLocalError as x: log.append(str(x))
    return log
print(order())
def reraise():
    try:
        try: 1 / 0
        except ZeroDivisionError: raise
    except Exception as e: return e.__traceback__.tb_lineno, e.__context__
print(reraise())
def gen():
    try: yield 1
    except ValueError as e: yield repr(e)
    finally: print("fin")
g = gen(); print(next(g), g.throw(ValueError("t"))); g.close()
def star():
    out = []
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
    except* (ValueError, TypeError) as g: out.append(len(g.exceptions))
    except* OSError as g: out.append(g.exceptions[0].args)
    else: out.append("else")
    finally: out.append("fin")
    return out
print(star())
for bad in ("try: raise 1\nexcept Exception as e: print(type(e).__name__, e)", "try: raise ValueError from 5\nexcept TypeError as e: print(e)", "try:\n try: 1/0\n except 5: pass\nexcept TypeError as e: print(e)", "try:\n try: 1/0\n except (int, 'a'): pass\nexcept TypeError as e: print(e)", "try: raise\nexcept RuntimeError as e: print(e)", "try:\n try: raise ValueError\n except* 5: pass\nexcept TypeError as e: print(e)", "try:\n try: raise ValueError\n except* ExceptionGroup: pass\nexcept TypeError as e: print(e)", "try: raise int\nexcept TypeError as e: print(e)"): exec(bad)
