# args: one --two 3
# options: -O -W error::UserWarning -X importtime=0 -X dev
import sys, warnings
print(sys.argv, sys.flags.optimize, sys.warnoptions, sorted(sys._xoptions.items()), sys.flags.dev_mode)
assert False, "not run"
print(__debug__)
def f():
    "doc"
print(f.__doc__)
try:
    warnings.warn("boo")
except UserWarning as e:
    print("raised", e)
