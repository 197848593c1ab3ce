import builtins, sys
print([n for n in dir(builtins) if not n.startswith("_") or n.startswith("__")])
print(sorted(n for n in sys.stdlib_module_names if n.startswith("a")))
print([n for n in sorted(sys.builtin_module_names) if n in ("sys", "builtins", "_io", "_sre", "itertools", "_thread", "gc", "marshal", "posix", "time", "atexit")])
import keyword
print(keyword.kwlist, keyword.softkwlist)
