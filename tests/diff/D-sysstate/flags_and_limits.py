import sys
print(sys.flags); print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.getdefaultencoding(), sys.is_finalizing(), sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth())
for c in ("sys.setrecursionlimit(0)", "sys.setrecursionlimit('x')", "sys.setrecursionlimit(2**40)", "sys.setswitchinterval(0)", "sys.setswitchinterval('x')", "sys.set_int_max_str_digits(100)", "sys.set_int_max_str_digits(-1)", "int('1' * 5000)", "str(10 ** 5000)", "int('1' * 4300) > 0", "len(str(10 ** 4299))", "f'{10**4300}'", "int('0x' + 'f' * 9000, 16) > 0", "sys.set_coroutine_origin_tracking_depth(-1)", "sys.intern()", "sys.exit(1, 2)", "sys.getsizeof()", "sys._getframe(-1).f_code.co_name", "sys.call_tracing(len, ('a',))", "sys.call_tracing(len, [1])", "sys.setdlopenflags('x')"):
    try: print(c, eval(c))
    except BaseException as e: print(c, type(e).__name__, e)
sys.set_int_max_str_digits(640)
try: int("1" * 641)
except ValueError as e: print(e)
sys.set_int_max_str_digits(0); print(len(str(10 ** 10000)))
print(sys.argv[1:], sys.orig_argv[-1], sys.executable != "", sys.prefix == sys.base_prefix, sys.path[0].endswith("D-sysstate"), sys.platform, sys.byteorder, sys.exc_info(), sys.warnoptions, sys.dont_write_bytecode, sys.pycache_prefix, sys.ps1 if hasattr(sys, "ps1") else "no ps1", sys.stdin.name, sys.stdout.name, sys.stderr.errors, sys.stdout.encoding)
