# Keywords that are no plain strings, given to natives.
class Odd(str):
    def __eq__(self, other): return True
    def __hash__(self): return -1
def show(f, *args, **kwargs):
    try: print(f(*args, **kwargs))
    except Exception as e: print(type(e).__name__, e)
def call(f, *args, names=()):
    try: print(f(*args, **{name: 1 for name in names}))
    except Exception as e: print(type(e).__name__, e)
for f in print, round, sum, sorted, ''.split, int.from_bytes, compile, pow:
    call(f, 1.5, names=[Odd('foo')])
    call(f, 1.5, names=['foo'])
    call(f, 1.5, names=[1])
import ast
call(ast.Name(id='x').__replace__, names=[3])
call(ast.Name(id='x').__replace__, names=['y'])
