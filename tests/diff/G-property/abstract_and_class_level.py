import abc
class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self): ...
    @area.setter
    @abc.abstractmethod
    def area(self, v): ...
    @classmethod
    @abc.abstractmethod
    def make(cls): ...
    @staticmethod
    @abc.abstractmethod
    def util(): ...
print(sorted(Shape.__abstractmethods__), Shape.area.__isabstractmethod__)
try: Shape()
except TypeError as e: print(e)
class Half(Shape):
    area = 5
try: Half()
except TypeError as e: print(e)
class One(Half):
    make = 1; util = 2
print(One().area)
class Two(Half):
    make = 1
try: Two()
except TypeError as e: print(e)
@Shape.register
class Virtual: pass
print(isinstance(Virtual(), Shape), issubclass(Virtual, Shape), Shape in Virtual.__mro__)
class Hook(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return any("quack" in B.__dict__ for B in C.__mro__) or NotImplemented
class Duck: quack = 1
print(issubclass(Duck, Hook), isinstance(5, Hook)); abc.update_abstractmethods(Two)
try: Shape.register(5)
except TypeError as e: print(e)
try: class_ = Duck; Shape.register(Shape); print("same ok")
except RuntimeError as e: print(e)
class CP:
    def __init__(s, f): s.f = f
    def __get__(s, o, t): return s.f(t)
class K:
    @CP
    def name(cls): return cls.__name__.lower()
class L(K): pass
print(K.name, L.name, L().name)
