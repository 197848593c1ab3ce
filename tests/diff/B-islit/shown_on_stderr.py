x = 5
print(x is 5)
def f():
    return x is "text"
print(f(), len("\d"))
assert (x, "always true")
try: print([1, 2]["0"])
except TypeError as e: print(e)
