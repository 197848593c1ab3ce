def f():
  try: pass
  finally: g = lambda: 0
print(len(f.__code__.co_consts))
def f():
  try: g()
  finally: g = lambda: 0
print(len(f.__code__.co_consts), [c is f.__code__.co_consts[0] for c in f.__code__.co_consts])
ns={}
exec("""
def a():
  try: x
  except y: z
def b():
  try: x
  except y: z
f1, f2 = lambda x: x in {0}, lambda x: x in {0}
""",ns)
a=ns['a'].__code__; b=ns['b'].__code__
for n in 'co_code co_consts co_names co_varnames co_cellvars co_freevars co_linetable co_exceptiontable co_filename co_name'.split():
    print(n, getattr(a,n) is getattr(a,n), getattr(a,n) is getattr(b,n), getattr(a,n)==getattr(b,n))
fn='my file'+str(len(ns))
print(compile('1',fn,'exec').co_filename is fn)
c=a.replace(co_name='q')
for n in 'co_code co_consts co_names co_varnames co_cellvars co_freevars co_linetable co_exceptiontable co_filename co_name'.split():
    print(n, getattr(a,n) is getattr(c,n))
import sys
sl=compile('f=a["aa":"bb":"c c"]','','exec').co_consts[0]
print(sys._is_interned(list(compile('r = a in {"str_value"}', '?', 'exec').co_consts[0])[0]))
for _ in range(2):
    print(len(ns['a'].__code__.co_code))
import weakref
ref = weakref.ref(compile('1', 'a', 'exec'), lambda r: print('gone'))
