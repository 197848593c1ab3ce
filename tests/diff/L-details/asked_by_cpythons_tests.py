# Details of typing, arrays, times and classes that CPython's own tests ask for.
# options: -W ignore
import typing, types, array, datetime, sys, time
from typing import Union
U=Union[int,str]
for f in (lambda: U|1, lambda: 1|U, lambda: U|None, lambda: [int]|U, lambda: U|'float', lambda: U|(1,2), lambda: U|U):
    try: print(f())
    except TypeError as e: print('E',e)
P=typing.ParamSpec('P', bound=[int,str]); print(P.__bound__, typing.ParamSpec('Q').__bound__)
class E:
    __typing_is_unpacked_typevartuple__ = True
    def __typing_prepare_subst__(*_): return None
    def __typing_subst__(*_): return 42
type ta[*_]=0
try: ta[E()][0]
except TypeError as e: print(e)
class Parameter:
    def __repr__(self): return 'P'
first = Parameter(); first.__typing_subst__ = lambda value: value
late = Parameter()
alias = types.GenericAlias(dict, (first, late)); alias.__parameters__
late.__typing_subst__ = lambda value: value
try: alias[0]
except TypeError as e: print(e)
a=array.array('w', b'\xff\xff\xff\xff')
for f in (a.tounicode, lambda: a[0], lambda: repr(a), lambda: list(a)):
    try: print(f())
    except ValueError as e: print(type(e), e)
class Tlong: pass
print(Tlong.__qualname__ is Tlong.__qualname__, sys._clear_type_descriptors(Tlong), sorted(Tlong.__dict__))
print(ascii(time.strftime('%%\ud83d\udc0d%%\U0001f40d')), ascii(datetime.date(2000,1,2).strftime('\ud83d\udc0d%y')))
import locale, unicodedata

for call in (locale.strcoll, lambda a: locale.strxfrm(a)):
    try:
        print(call('a\0', 'b') if call is locale.strcoll else call('a\0'))
    except ValueError as e:
        print(e)
old = unicodedata.ucd_3_2_0
print(ascii(unicodedata.lookup('TANGUT IDEOGRAPH-17000')), ascii(old.normalize('NFC', '\U00011935\U00011930')))
for name in ('LATIN CAPITAL LETTER GHA', 'TAMIL SYLLABLE SAI'):
    try:
        print(ascii(unicodedata.lookup(name)), old.lookup(name))
    except KeyError as e:
        print(e)
