import traceback, sys
def one():
    try: 1 / 0
    except ZeroDivisionError: {}["k"]
def two():
    try: one()
    except KeyError as e: raise RuntimeError("two") from e
def three():
    try: two()
    except RuntimeError: raise OSError(2, "No such file", "f") from None
for f in (one, two, three):
    try: f()
    except Exception as e:
        print("".join(traceback.format_exception(e)))
        print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
e = ValueError("noted"); e.add_note("first note"); e.add_note("second\nnote")
try: raise e
except ValueError: traceback.print_exc(file=sys.stdout)
try: e.add_note(5)
except TypeError as x: print(x)
try: raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), KeyError("k")])])
except* ValueError as eg:
    print("got", eg.exceptions)
    try: raise IndexError("in handler")
    except IndexError: traceback.print_exc(file=sys.stdout)
except* KeyError as eg: print("keys", eg)
except* TypeError as eg: print("types", repr(eg))
two()
