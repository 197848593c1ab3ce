from dis import stack_effect, opmap, hasarg
for n, o in sorted(opmap.items()):
    out = []
    for arg in (None, 0, 1, 2, 3, 7):
        for jump in (None, True, False):
            try: out.append(stack_effect(o, arg, jump=jump))
            except ValueError as e: out.append("E")
    print(n, *out)
for bad in ((1000,), (opmap["NOP"], 5), (opmap["LOAD_CONST"],), (opmap["CALL"], None), (-1,), ("x",), (opmap["LOAD_CONST"], "a")):
    try: print(stack_effect(*bad))
    except (ValueError, TypeError, OverflowError) as e: print(type(e).__name__, e)
try: stack_effect(opmap["FOR_ITER"], 1, jump=5)
except ValueError as e: print(e)
