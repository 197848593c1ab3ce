# marshal.dumps() marks what has more than one owner: tables that code objects share, too.
import marshal
source = '''
def f(a, b=1):
    "doc"
    return [x for x in a], (1, 2, 'foo'), {1,2}, 1.5
def g(x): return x in {"a b"}
f1 = lambda x: x.y.z
f2 = lambda a: a.b.c
class A:
    x = 5
    def m(self): return 'a b c'
'''
code = compile(source, 'some file', 'exec')
for version in range(marshal.version + 1):
    data = marshal.dumps(code, version)
    print(version, len(data), data.hex())
again = marshal.loads(data)
print(again == code, marshal.dumps(again).hex())
