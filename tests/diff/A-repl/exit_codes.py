import sys, atexit
atexit.register(print, "atexit 1")
atexit.register(lambda: print("atexit 2"))
try:
    sys.exit()
except SystemExit as e:
    print(repr(e), e.code)
try:
    raise SystemExit(1, 2)
except SystemExit as e:
    print(e.code, e.args)
sys.stdout.write("no newline at end")
sys.exit({"not": "a number"})
