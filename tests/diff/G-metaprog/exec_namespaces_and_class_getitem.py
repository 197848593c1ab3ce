class Stack[T]:
    def __init__(self) -> None: self.items: list[T] = []
    def push(self, x: T) -> None: self.items.append(x)
s = Stack[int](); s.push(1); print(s.items, Stack[int], Stack.__type_params__, Stack[int].__args__, s.__orig_class__, Stack.push.__annotations__)
def first[T: (int, str) = int](x: list[T]) -> T: return x[0]
print(first([5]), first.__type_params__, first.__type_params__[0].__constraints__, first.__type_params__[0].__default__)
type Pair[A, B = A] = tuple[A, B]
print(Pair, Pair[int, str], Pair.__value__, Pair.__type_params__, Pair[int].__args__)
type Rec = list[Rec] | int
print(Rec.__value__)
type Lazy = undefined_thing
try: Lazy.__value__
except NameError as e: print(e)
for c in ("Stack[int, str]", "Pair[1, 2, 3].__args__", "class Q[T: int, T2: Undefined]: pass\nprint(Q.__type_params__[0].__bound__)\nQ.__type_params__[1].__bound__", "def f[T](): return T\nprint(f(), f().__name__)", "type X[T] = T\nX.__value__ = 1", "isinstance(1, Pair)", "isinstance(1, int | str)", "isinstance(1, int | list[int])", "int | 5", "print(int | None, str | int | str, (int | str) == (str | int), type(int | str))"):
    try: print(eval(c) if "\n" not in c and "=" not in c and "print" not in c and "class" not in c else exec(c))
    except Exception as e: print(c.split("\n")[0], type(e).__name__, e)
ns = {"__name__": "virtual"}
exec("class A:\n  'doc'\n  def m(self): return __name__\ndef f(): global made; made = 5\nf()", ns); print(ns["A"].__module__, ns["A"]().m(), ns["made"])
class Rec2(dict):
    def __getitem__(s, k): print("lookup", k); return super().__getitem__(k)
exec("x = 1\ny = x\nfor i in (1,): z = i", {}, Rec2())
print(eval("[x for x in range(n)]", {"n": 3}), eval("(lambda: y)()", {"y": 1}), eval("a if b else c", {"a": 1, "b": 0}, {"c": 2}))
