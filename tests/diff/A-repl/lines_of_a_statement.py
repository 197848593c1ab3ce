# options: -i -q
# stdin: 1 +
# stdin: "after the error"
# stdin: if 1: "an empty line ends it"
# stdin: 
# stdin: if 1: "no empty line"
# stdin: x = 1
# stdin: 
# stdin: if 0:
# stdin:     pass
# stdin: else:
# stdin:     # a comment
# stdin:     "else"
# stdin: 
# stdin: def f():
# stdin:     return 1
# stdin: y = 2
# stdin: for i in range(2):
# stdin:     i
# stdin:   i
# stdin: @property
# stdin: 
# stdin: (1,
# stdin: 
# stdin: 2)
# stdin: """a
# stdin: b"""
# stdin: 1 + \
# stdin: 2
# stdin: # nothing
# stdin: match 3:
# stdin:     case 3: "three"
# stdin: 
# stdin: def g(x, x): pass
# stdin: 
# stdin: import linecache, sys
# stdin: def h():
# stdin:     pass
# stdin: 
# stdin: linecache._interactive_cache[linecache._make_key(h.__code__)][2:]
# stdin: if 1:
# stdin:     "the end"
