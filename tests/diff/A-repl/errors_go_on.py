# options: -i -q
# stdin: 1/0
# stdin: undefined_name
# stdin: x = = 1
# stdin: if True:
# stdin: print(1)
# stdin: 
# stdin: "still alive"
# stdin: import sys
# stdin: sys.last_exc
# stdin: raise SystemExit(7)
def helper():
    return 1
