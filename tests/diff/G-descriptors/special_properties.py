# A special method that is a property whose getter raises AttributeError: some slots take that for not having it.
ops = {'__len__': lambda a: len(a), '__add__': lambda a: a+1, '__radd__': lambda a: 1+a, '__hash__': hash, '__repr__': repr, '__bool__': bool, '__iter__': iter, '__contains__': lambda a: 1 in a, '__getitem__': lambda a: a[0], '__call__': lambda a: a(), '__index__': lambda a: [1][a], '__eq__': lambda a: a==1, '__ge__': lambda a: a>=1, '__neg__': lambda a: -a, '__next__': next, '__pow__': lambda a: pow(a,2), '__int__': int, '__str__': str,'__delitem__': lambda a: exec('del a[0]',{'a':a}), '__setitem__': lambda a: exec('a[0]=1',{'a':a}), '__enter__': lambda a: exec('with a: pass',{'a':a}), '__format__': lambda a: format(a,''), '__length_hint__': lambda a: __import__('operator').length_hint(a,3), '__await__': lambda a: a.__await__, '__divmod__': lambda a: divmod(a,1),'__float__': float, '__reversed__': reversed, '__dir__': dir,'__sizeof__': lambda a: __import__('sys').getsizeof(a), '__bytes__': bytes}
for name, f in ops.items():
    @property
    def p(self): raise AttributeError('in '+name)
    ns = {name: p}
    if name == '__next__': ns['__iter__'] = lambda s: s
    T = type('T', (), ns)
    try: print(name, str(f(T()))[:10])
    except Exception as e: print(name, type(e).__name__, e)
