# The switch interval: what it is at first, how it is rounded, what is refused.
import sys
import sysconfig

print(sys._is_gil_enabled(), sysconfig.get_config_var("Py_GIL_DISABLED") or 0)
print(sys.getswitchinterval())
for value in (1.0, 0.1, 0.005, 0.0000015, 1e-7, 2):
    sys.setswitchinterval(value)
    print(value, sys.getswitchinterval())
for value in (0, -1, -0.0, "a", None):
    try:
        sys.setswitchinterval(value)
    except Exception as e:
        print(type(e).__name__, e)
