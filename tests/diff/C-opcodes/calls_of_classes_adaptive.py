"""The specialised form of a call of a class depends on its __init__ and __new__."""
import dis


class Plain:
    def __init__(self, a, b=1): pass


class Slotted:
    __slots__ = ('a',)
    def __init__(self, a): pass


class KeywordOnly:
    def __init__(self, *, a=1): pass


class Rest:
    def __init__(self, *a): pass


class Named:
    def __init__(self, a, **k): pass


class OfList(list):
    def __init__(self, a): pass


class New:
    def __new__(cls, a): return object.__new__(cls)


for cls, args in (Plain, '1'), (Slotted, '1'), (KeywordOnly, ''), (Rest, '1'), (Named, '1'), (OfList, '()'), (New, '1'):
    scope = {'cls': cls}
    exec(f'def f():\n    for i in range(100): cls({args})\n', scope)
    scope['f']()
    print(cls.__name__, [i.opname for i in dis.get_instructions(scope['f'], adaptive=True) if i.opname.startswith('CALL')])
