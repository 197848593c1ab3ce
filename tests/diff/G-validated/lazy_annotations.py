import annotationlib as al
def f(a: int, b: Undefined = 1, *c: "str", **d: list[Later]) -> None: ...
try: f.__annotations__
except NameError as e: print(e)
print(al.get_annotations(f, format=al.Format.FORWARDREF)["a"], al.get_annotations(f, format=al.Format.STRING))
r = al.get_annotations(f, format=al.Format.FORWARDREF)["b"]; print(type(r).__name__, r.__forward_arg__)
Undefined = float; Later = bytes; print(f.__annotations__)
class A:
    x: int
    y: "A" = 1
    z: A
    w: undefined_name
try: A.__annotations__
except NameError as e: print(e)
print(al.get_annotations(A, format=al.Format.STRING), A.__annotate__.__name__ if A.__annotate__ else None, "__annotations__" in A.__dict__)
undefined_name = 5; print(A.__annotations__, A.__annotate__(1) == A.__annotations__, "__annotations_cache__" in A.__dict__)
class B(A): pass
print(B.__annotations__, B.__annotate__)
for fmt in (2, 5):
    try: A.__annotate__(fmt)
    except NotImplementedError as e: print("NIE", e)
    except Exception as e: print(type(e).__name__, e)
q: int = 1
if True: r2: str
print(__annotations__ if "__annotations__" in globals() else "lazy", __annotate__(1))
f.__annotations__ = {"new": 1}; print(f.__annotate__, f.__annotations__); f.__annotate__ = lambda fmt: {"viaannotate": fmt}; print(f.__annotations__)
for c in ("f.__annotate__ = 5", "f.__annotations__ = 5", "del f.__annotate__", "A.__annotate__ = 5", "A.__annotations__ = 5; print(A.__annotations__)"):
    try: exec(c); print(c, "ok")
    except Exception as e: print(c, type(e).__name__, e)
def cond(n):
    if n:
        local: int = print("evaluated?")
    x: print("never")
    return cond.__annotations__
print(cond(1))
class C:
    if 0: no: int
    else: yes: str
    for i in (1,): loop: list
print(C.__annotations__)
