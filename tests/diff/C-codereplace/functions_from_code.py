import types
def outer():
    v = "captured"
    def inner(a, b=2): return a, b, v, name
    return inner
i = outer()
f = types.FunctionType(i.__code__, {"name": "global"}, "made", (7,), (types.CellType("newcell"),))
print(f(1), f.__name__, f.__qualname__, f.__defaults__, f.__closure__[0].cell_contents, f.__module__)
for args in ((i.__code__, {}), (i.__code__, {}, "n", None, ()), (i.__code__, {}, "n", None, (1,)), (i.__code__, {}, 5), (5, {}), (i.__code__, 5), (i.__code__, {}, "n", 5, (types.CellType(),)), ((lambda: 0).__code__, {}, "n", None, (types.CellType(),)), (i.__code__, {}, None, None, 5)):
    try: print(types.FunctionType(*args))
    except Exception as e: print(type(e).__name__, e)
f2 = types.FunctionType(i.__code__, {}, closure=(types.CellType(),), kwdefaults={"z": 1}); print(f2.__kwdefaults__)
try: f2(1, 2)
except NameError as e: print(e)
def plain(): return 1
for bad in ("plain.__code__ = i.__code__", "plain.__defaults__ = 5", "plain.__kwdefaults__ = ()", "plain.__closure__ = ()", "plain.__globals__ = {}", "plain.__name__ = 1", "plain.__dict__ = 5", "plain.__annotations__ = 5", "plain.__qualname__ = None", "del plain.__name__", "plain.__type_params__ = []"):
    try: exec(bad); print(bad, "ok")
    except Exception as e: print(bad, type(e).__name__, e)
c = types.CellType(); print(c, c == types.CellType(), types.CellType(1) < types.CellType(2)) if 0 else print(types.CellType(1) < types.CellType(2), types.CellType() == types.CellType())
try: c.cell_contents
except ValueError as e: print(e)
