import sys
def t(src, mode='exec', **k):
    try: compile(src, 'f', mode, **k)
    except SyntaxError as e:
        print(type(e).__name__, e, getattr(e,'_metadata',None))
for s in ('a b', 'def f():\n  pass\na b', 'def f(:\n', '"abc', 'a = (1,', '  x', 'if 1:\nx', b'# coding: latin-1\ndef f(): x = "\xe9"\na b\n', b'\xef\xbb\xbfa b', 'if x:\n  if y:\n    pass\n  a b', 'if x:\n  for i in j:\n    pass\n  x = 1\n  a b', 'f"{a b}"', 'f"{"', 'x = 1; y z', '\ta\n        b', 'return 5', 'break', 'x = yield = 5', 'print "x"', 'f(a for b in c, d)', 'a = 5 5', '$', 'a\\b', '0x', 'class A:\n  def f(): pass\n  def g(): x y', 'def f():\r\n  pass\r\na b\r\n', 'def f():\n  pass\nprint a'):
    t(s)
t('a b', 'single'); t('def f(): pass\na b', 'single'); t('x\ny','single'); t('a b','eval'); t('def f(): pass\n\na b', 'single');t('if x:\n  for i in j:\n    pass\n  a b', 'single')
import ast
try: ast.parse('a b')
except SyntaxError as e: print(e._metadata)
try: exec('def f(): pass\na b')
except SyntaxError as e: print(e._metadata)
e = SyntaxError('x'); print(e._metadata)
import codeop
try: codeop.compile_command('a b')
except SyntaxError as e: print(e._metadata)


def place(src, mode='exec', **k):
    try: compile(src, 'f', mode, **k)
    except SyntaxError as e:
        print(repr(src), getattr(e,'_metadata',None)[:2])
for h in ('def f():','async def f():','class A:','if x:','while x:','for x in y:','with x:','try:\n  pass\nfinally:','match x:\n case 1:','@a\ndef f():','async def g():\n  x\nif x:', 'if 1:\n  if x:'):
    place(h+'\n    pass\na b')
    place('\n'+h+'\n    pass\na b')
    place('if 1: pass\n'+h+'\n    pass\na b')
    place('if 1: pass\n'+h+'\n    pass\nprint a')
    place(h+'\n    pass\nx=1\na b', 'single')
place('if x: pass\ndef f():\n  if y: pass\n  a b')
place('if x: pass\ndef f():\n  if y: pass\n  x=1\na b')
place('if x: pass; x\nif z: pass; y\na b')
place('if x: pass; x\nif z: y z')
def t(src, mode='exec', **k):
    try: compile(src, 'f', mode, **k)
    except SyntaxError as e:
        print(repr(src), type(e).__name__, e, getattr(e,'_metadata',None))
for s in ('if x: pass\n"abc','if x: pass\nif y: pass\n0x','if x: pass\nx = "abc','if x: pass\na = (1,\n', 'if x: pass\nwith a:\n   if z: pass\n   b c', b'# coding: utf-16\nx', b'# coding: ascii\nx y', b'# coding: cp1252\n# \xe9\nx y',b'# coding: utf-8\nx y','if x:\n  y\n z\n','if x:\n\ty\n        z\n', 'if x: pass\nx = "\\N{foo}"', 'if x: pass\nx = b"\xe9"', 'if x: pass\n1 = 2', 'if x: pass\nelif y: pass\nx y', 'if x: pass\nelse:\n  if y: pass\nx y', '# coding: latin-1\n"\xe9" x', 'x y\r\n', 'if x: pass\nfrom __future__ import foo', 'if x: pass\nf"{a b}"', 'if x: pass\nf"{"', 'if x: pass\nclass A:\n  if y: pass\n  x: int = yield = 4', 'if x: pass\n'*3+'\ufeffx y', 'if x: pass\nx = 5L',
   'if x: pass\nreturn = 5', '\f\n\nif x: pass\n\nx y z'):
    t(s)
for s in ('if x: pass\n"""abc','if x:', 'def f(', 'if x: pass\na b', 'a b', '(a b'): t(s, 'exec', flags=0x4000); t(s, 'single', flags=0x4200)
t('if x: pass\n(a := 5)','exec')
import ast
def p(s,**k):
    try: ast.parse(s,**k)
    except SyntaxError as e: print(s, type(e), e, e._metadata)
p('if x: pass\nx = (y := 5)', feature_version=(3,7))
p('if x: pass\nx y', feature_version=(3,7))
p('if x: pass\nmatch x:\n case 1: pass', feature_version=(3,7))
p('match x:\n case 1: pass', feature_version=(3,7))
p('if x: pass\nmatch x:\n case 1: pass\nx y', feature_version=(3,10))
for src, mode in (('with block ad something:\n  pass\n','single'),('fur a in b:\n  pass\n','exec'),('for a in b:\n  pass\nelso:\n  pass\n','single'),('import math as m\nfrom x imprt y\n','exec'),('a b','eval'),('a = (1,\nfur','exec'), ('whille True:\n  pass','single')):
    try: compile(src, 'f', mode)
    except SyntaxError as e:
        print(e, getattr(e,'_metadata',None))
        import traceback
        print(traceback.format_exception_only(e))
