# options: -i -q
# stdin: a=257; b=257; a is b
# stdin: a=257
# stdin: b=257
# stdin: a is b
# stdin: 1+1
# stdin: _ * 10
# stdin: None
# stdin: 'text'
# stdin: def f(n):
# stdin:     return n * 2
# stdin: 
# stdin: f(21)
# stdin: for i in range(3):
# stdin:     i
# stdin: 
# stdin: _
print("script done")
