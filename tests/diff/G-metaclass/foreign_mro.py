# A class in the MRO that is no base: changes of it show at once.
class Base:
    value = 1


class Meta(type):
    def mro(cls):
        return (cls, Base, object)


class Odd(metaclass=Meta):
    pass


class Odder(Odd):
    pass


def read(c):
    return c.value


for n in range(40):
    Base.value = n
    assert read(Odd) == n and read(Odder) == n and read(Odd()) == n, n
print(read(Odd), read(Odder), Odd.__bases__, Odder.__mro__)
del Base.value
print(hasattr(Odd, 'value'), hasattr(Odder(), 'value'))


class Failing:
    def __get__(self, obj, owner):
        raise ZeroDivisionError(owner.__name__)


class C:
    __eq__ = Failing()
    __lt__ = Failing()


for op in ('==', '<'):
    try:
        print(eval(f'C() {op} 1'))
    except ZeroDivisionError as e:
        print('ZeroDivisionError', e)
