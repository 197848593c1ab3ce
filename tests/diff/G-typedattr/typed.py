class Typed:
    def __init__(self, typ, default=None): self.typ, self.default = typ, default
    def __set_name__(self, owner, name): self.name = name; self.private = "_" + name
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return getattr(obj, self.private, self.default)
    def __set__(self, obj, value):
        if not isinstance(value, self.typ): raise TypeError(f"{self.name} must be {self.typ.__name__}, not {type(value).__name__}")
        setattr(obj, self.private, value)
    def __delete__(self, obj): delattr(obj, self.private)
class Person:
    name = Typed(str, "anon"); age = Typed(int, 0); tags = Typed((list, tuple), ())
    def __init__(self, name=None, age=None):
        if name is not None: self.name = name
        if age is not None: self.age = age
p = Person(); print(p.name, p.age, p.tags, vars(p)); p = Person("Ann", 30); print(p.name, p.age, vars(p)); p.age += 1; print(p.age)
for f in (lambda: Person(5), lambda: setattr(p, "age", "old"), lambda: Person("x", 1.5)):
    try: f()
    except TypeError as e: print(e)
p.age = True; print(p.age); del p.age; print(p.age)
try: del p.age
except AttributeError as e: print(e)
print(type(Person.name).__name__, Person.__dict__["age"].private, Person.name.default)
p.age = "uncaught"
