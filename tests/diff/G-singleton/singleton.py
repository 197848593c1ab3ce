class Singleton(type):
    _i = {}
    def __call__(cls, *a, **k):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a, **k)
        return cls._i[cls]
class DB(metaclass=Singleton):
    def __init__(self, url="default"): print("connecting to", url); self.url = url
class Sub(DB): pass
a = DB("first"); b = DB("second"); print(a is b, b.url, DB() is a, Sub("sub") is a, Sub().url, len(Singleton._i), isinstance(a, DB), type(DB).__name__)
