# Struct sequence types of modules can be changed, sys's own cannot.
import os, pwd, resource, sys, time

for t in (time.struct_time, os.stat_result, os.terminal_size, pwd.struct_passwd, resource.struct_rusage):
    t.extra = 1
    print(t, t.extra, (t.__flags__ >> 8) & 1)
    del t.extra
for value in (sys.flags, sys.version_info, sys.int_info, sys.get_asyncgen_hooks()):
    try:
        type(value).extra = 1
    except TypeError as e:
        print(e)
print(time.gmtime(0))
