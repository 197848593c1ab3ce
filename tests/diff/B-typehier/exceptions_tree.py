import builtins
def show(c, d=0):
    print("  " * d + c.__name__, end="\n")
    for s in sorted((s for s in c.__subclasses__() if s.__module__ == "builtins"), key=lambda s: s.__name__): show(s, d + 1)
show(BaseException)
print(EnvironmentError is OSError is IOError, issubclass(BaseExceptionGroup, BaseException), ExceptionGroup.__mro__)
