# In which order instructions let go of their operands.
from _snippets import run

run(r'''
### comparisons
class E(D):
    def __lt__(self, o): return [1]
    def __eq__(self, o): return [1]
    def __contains__(self, o): return True
    __hash__ = None
for i in range(3): E('a') < E('b'); print('|'); E('a') == E('b'); print('|')
if E('a') < E('b'): print('|')
### identity and membership
class E(D):
    def __contains__(self, o): return True
D('a') is D('b'); print('|'); D('a') is not D('b'); print('|'); D('a') in E('b'); print('|'); D('a') not in E('b'); print('|')
### membership in list, tuple, set, dict
D('a') in [D('b')]; print('|'); D('a') in (D('b'),); print('|'); 1 in {D('k'): 1}; print('|'); 1 in {1: D('v')}; print('|')
### subscripts
class E(D):
    def __getitem__(self, i): return 1
    def __setitem__(self, i, v): print('set')
    def __delitem__(self, i): print('del')
E('a')[D('i')]; print('|'); E('a')[D('i')] = D('v'); print('|'); del E('a')[D('i')]; print('|'); E('a')[D('x'):D('y')]; print('|'); E('a')[D('x'):D('y')] = D('v'); print('|'); E('a')[D('x'):D('y'):D('z')]; print('|')
### subscripts of builtins
[D(0), D(1)][0]; print('|'); (D(0), D(1))[0]; print('|'); {1: D(0), 2: D(1)}[1]; print('|'); [D(0), D(1)][:1]; print('|'); [0][0:1] = [D('v')]; print('|'); [D(0)][0] = D('n'); print('|'); {1: D('o')}[1] = D('n'); print('|')
### attributes
class E(D): pass
E('a').x = D('v'); print('|'); E('a').name; print('|'); e = E('b'); e.x = D('v'); del e.x; print('|'); e.name = D('v2'); print('|'); del e; print('|')
### augmented
class E(D):
    def __iadd__(self, o): return D('r')
x = E('a'); x += E('b'); print('|'); x = None; print('|')
### unary
class E(D):
    def __neg__(self): return D('r')
    def __bool__(self): return False
-E('a'); print('|'); not E('b'); print('|')
### ternary pow and divmod
class E(D):
    def __pow__(self, o, m=None): return 1
    def __divmod__(self, o): return 1
pow(E('a'), E('b'), E('c')); print('|'); divmod(E('a'), E('b')); print('|'); E('a') ** E('b'); print('|')
### calls
def f(*a, **k): return D('r')
f(D(1), D(2)); print('|'); f(D(1), k=D(2)); print('|'); f(*[D(1)], **{'k': D(2)}); print('|'); D('x').__init__('y'); print('|')
### natives
len([D(0)]); print('|'); isinstance(D('a'), D); print('|'); str(D('a')); print('|'); list((D(0), D(1))); print('|'); max(D('a').name, D('b').name); print('|'); getattr(D('a'), 'x', D('default')); print('|'); print(D('a'), D('b')); print('|')
### native methods
[D(0)].append(D(1)); print('|'); [D(0)].index; print('|'); {}.get(1, D('x')); print('|'); [].insert(0, D('i')); print('|'); ''.join([D('a').name, D('b').name]); print('|')
### builders
[D(0), D(1)]; print('|'); (D(0), D(1)); print('|'); {1: D(0), 2: D(1)}; print('|'); [*[D(0)], D(1)]; print('|'); {**{1: D(0)}, 2: D(1)}; print('|'); f"{D(0)}{D(1)}"; print('|')
### interpolations
t"{D(0)}{D(1)}"; print('|')
### errors
class E(D):
    def __add__(self, o): raise KeyError
    __lt__ = __getitem__ = __contains__ = __call__ = __add__
def attempt(code):
    try: eval(code)
    except KeyError: print('caught', end=' ')
    print('|')
attempt("E('a') + E('b')"); attempt("E('a') < E('b')"); attempt("E('a')[E('b')]"); attempt("E('a') in E('b')"); attempt("E('a')(E('b'))")
### errors with pending operands
def boom(): raise KeyError
def attempt(code):
    try: eval(code)
    except KeyError: print('caught', end=' ')
    print('|')
attempt("[D(0), D(1), boom()]"); attempt("(D(0), boom(), D(1))"); attempt("{1: D(0), 2: boom()}"); attempt("len((D(0), D(1)), boom())"); attempt("D(0) + boom()"); attempt("f'{D(0)}{boom()}'"); attempt("D(0)(D(1), x=boom())")
### raise from
try: raise KeyError(D('e')) from ValueError(D('c'))
except KeyError: print('in')
print('|')
### for over temporaries
for x in [1]:
    for y in (D('it'),).__class__((1,)): pass
for x in E.items if 0 else [D(0)]: break
del x; print('|')
### in functions, specialised
class E(D):
    def __lt__(self, o): return True
    def __add__(self, o): return 1
    def __getitem__(self, o): return 1
    def __contains__(self, o): return True
def f(): E('a') < E('b'); print(',', end=' '); E('a') + E('b'); print(',', end=' '); E('a')[E('b')]; print(',', end=' '); E('a') in E('b'); print('|')
for _ in range(4): f()
### locals in functions
def f():
    a = D('a'); b = D('b'); a < b if 0 else None; x = a is b; del a; c = D('c'); b = c; print('end')
f(); print('|')
''')
