# Elements of _elementtree: children, attributes, copies, pickles, sizes, counts and errors.
import _elementtree as C
import copy
import gc
import pickle
import random
import sys
import warnings
import weakref
import xml.etree.ElementTree as ET

warnings.simplefilter('ignore')


def attempt(what, *args, **kwargs):
    try:
        return what(*args, **kwargs)
    except Exception as e:
        return type(e).__name__, str(e)


def show(e):
    tag = e.tag if isinstance(e.tag, str) else getattr(e.tag, '__name__', repr(e.tag))
    return tag, e.text, e.tail, [show(c) for c in e], sys.getsizeof(e), sys.getrefcount(e)


# types
for t in C.Element, C.TreeBuilder, C.XMLParser, type(C.Element('a').iter()):
    print(t, t.__module__, t.__basicsize__, sys.getsizeof(t) > 0)
    print(attempt(setattr, t, 'x', 1))
    for name, value in t.__dict__.items():
        if hasattr(value, '__text_signature__') and not name.startswith('__'):
            print('   ', name, value.__text_signature__)
print(C.XMLParser().version, C.SubElement.__module__)

# constructors and their errors
e = C.Element('a')
for args, kwargs in [((), {}), (('a', 1), {}), (('a', {}, 3), {}), (('a',), {'attrib': 3}), ((), {'tag': 'x'}),
                     (('a', {'b': 'c'}), {'d': 'e'}), (('a',), {'attrib': {'b': 'c'}, 'd': 'e'}),
                     (('a', {'b': 'c'}), {'attrib': 3})]:
    r = attempt(C.Element, *args, **kwargs)
    print(r if isinstance(r, tuple) else (r.tag, r.attrib, sys.getsizeof(r)))
for args, kwargs in [((), {}), ((1,), {}), ((1, 2), {}), ((e, 'a', 3), {}), ((e, 'a'), {'attrib': 3}),
                     ((e, 'a', {}, 2), {}), ((e,), {})]:
    print(attempt(C.SubElement, *args, **kwargs))

# methods with wrong arguments
e = C.Element('a')
for name, *args in [('append',), ('append', 1), ('extend', 1), ('extend', [1]), ('insert', 1, 2), ('insert', 'a', e),
                    ('insert', 1), ('remove', 1), ('remove', e), ('makeelement', 'a', 3), ('makeelement', 'a'),
                    ('__deepcopy__', 3), ('__setstate__', 3), ('__setstate__', {}), ('__setstate__', {'tag': 1, 'x': 2}),
                    ('__setstate__', {'tag': 1, '_children': 2}), ('__setstate__', {'tag': 1, '_children': [2]}),
                    ('__setstate__', {'tag': 1, 2: 3}), ('find',), ('get',), ('set', 1), ('clear', 1)]:
    print(name, attempt(getattr(e, name), *args))
for name in 'tag', 'text', 'tail', 'attrib', 'other':
    print(attempt(delattr, e, name), attempt(setattr, e, name, 3))
e = C.Element('a')
for key in 'a', 0, -1, 10**30, slice(1, 2), slice(None, None, 0), slice('a', None):
    print(attempt(e.__getitem__, key), attempt(e.__delitem__, key), attempt(e.__setitem__, key, [C.Element('b')]))
    print(attempt(e.__setitem__, key, 5), attempt(e.__setitem__, key, [5]), len(e), sys.getsizeof(e))

# text that came in pieces, from a pickle or the tree builder
e.__setstate__({'tag': 'a', '_children': [e], 'attrib': {'x': 'y'}, 'text': [1, 2], 'tail': ['a', 'b']})
print(e.tail, attempt(lambda: e.text), len(e), e[0] is e, e.items())
e.clear()

# sizes
e = C.Element('a')
sizes = [sys.getsizeof(e)]
for i in range(20):
    e.append(C.Element('b'))
    sizes.append(sys.getsizeof(e))
print(sizes, sys.getsizeof(copy.copy(e)), sys.getsizeof(copy.deepcopy(e)), sys.getsizeof(e.iter()))


# comparisons that change the children while remove() looks for one
class Changing(C.Element):
    def __eq__(self, other):
        return self.act()


def remove(n, at, change):
    root = C.Element('r')
    for i in range(n):
        child = Changing('c%d' % i)
        child.act = lambda i=i: (change(root), True)[1] if i == at else False
        root.append(child)
    print(n, at, change.__name__, attempt(root.remove, C.Element('x')), [c.tag for c in root])


def clear(root): root.clear()
def first(root): del root[:1]
def last(root): del root[-1:]
def two(root): del root[:2]
def insert(root): root.insert(0, C.Element('new'))


for n in 1, 2, 3:
    for at in range(n):
        for change in clear, first, last, two, insert:
            remove(n, at, change)


# copies that change what is copied
class Copied(C.Element):
    def __deepcopy__(self, memo):
        return act(self)


def act(self):
    root.clear()
    return self


root = C.Element('a')
root.extend([Copied('x'), C.Element('y')])
print([c.tag for c in copy.deepcopy(root)])


def act(self):
    root.extend([C.Element('n'), C.Element('m')])
    return self


root = C.Element('a')
root.extend([Copied('x'), C.Element('y'), Copied('z')])
print([c.tag for c in copy.deepcopy(root)])


def act(self):
    return 5


print(attempt(copy.deepcopy, root))
root = cur = C.Element('s')
for _ in range(15_000):
    cur = C.SubElement(cur, 'u')
twin = copy.deepcopy(root)
print(sum(1 for _ in twin.iter()), twin is not root)
for _ in range(85_000):
    cur = C.SubElement(cur, 'u')
print(attempt(copy.deepcopy, root)[0])
del root, cur, twin

# itertext() leaves out the text of what is no element
r = C.Element('r')
r.text = 'R'
for tag in ET.Comment, 5, None, b'x', ET.QName('q'), 's':
    child = C.SubElement(r, tag)
    child.text, child.tail = 'text', 'tail'
    inner = C.SubElement(child, 'in')
    inner.text, inner.tail = 'inner', 'innertail'
print(list(r.itertext()), [str(c.tag)[:2] for c in r.iter()], len(list(r.iter('in'))), len(list(r.iter('*'))))

# weak references, cycles
e = C.Element('a')
w = weakref.ref(e)
e.append(e)
e.text = [e]
del e
gc.collect()
print(w())
print([type(o).__name__ for o in gc.get_referents(C.Element('a', x='y')) if not isinstance(o, type)])

# any operations
rnd = random.Random(6)


def element():
    return ET.Element(rnd.choice('abc'))


root = element()
pool = [root]
for _ in range(700):
    e = rnd.choice(pool)
    op = rnd.randint(0, 13)
    number = rnd.randint(-8, 8)
    part = slice(*[rnd.choice([None, rnd.randint(-8, 8)]) for _ in range(2)], rnd.choice([None, 1, 2, -1, -2, 3]))
    new = [element() for _ in range(rnd.randint(0, 5))]
    if op == 0:
        pool.extend(new)
        x = e.extend(new)
    elif op == 1:
        pool.append(ET.SubElement(e, 's', {'k': 'v'}, z='1'))
    elif op == 2:
        x = e.insert(number, element())
    elif op == 3:
        x = attempt(lambda: e[number].tag)
    elif op == 4:
        x = [c.tag for c in e[part]]
    elif op == 5:
        x = attempt(e.__setitem__, part, new)
    elif op == 6:
        x = attempt(e.__delitem__, part)
    elif op == 7:
        x = attempt(e.__delitem__, number)
    elif op == 8:
        x = attempt(e.__setitem__, number, element())
    elif op == 9:
        x = attempt(e.remove, rnd.choice(list(e) or [e]))
    elif op == 10:
        if rnd.random() < .2:
            e.clear()
    elif op == 11:
        e.set('k%d' % rnd.randint(0, 9), 'v')
        x = e.keys(), e.items(), e.get('k1'), e.get('k2', 3)
    elif op == 12 and len(pool) < 40:
        x = [[c.tag for c in it] for it in (e.iter(), e.iter('a'), e.iter('*'))]
    else:
        c = copy.copy(e)
        f = pickle.loads(pickle.dumps(e)) if len(pool) < 20 else copy.copy(e)
        x = len(c), sys.getsizeof(c), len(f), sys.getsizeof(f)
    print(op, x if op != 1 else None, len(e), sys.getsizeof(e), bool(e))
    if len(pool) > 60:
        root = element()
        pool = [root]
