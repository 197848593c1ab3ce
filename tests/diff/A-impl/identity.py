import sys, platform, sysconfig
i = sys.implementation
print(i.name, i.cache_tag, tuple(i.version)[:2], hex(i.hexversion >> 16))
print(sys.version_info[:2], sys.version_info.releaselevel, sys.hexversion >> 16 == 0x030e)
print(sys.int_info)
print(sys.hash_info)
print(sys.float_info)
print(sys.maxsize, sys.maxunicode, sys.byteorder, sys.api_version, sys.float_repr_style)
print(sys.thread_info.name, sys.thread_info.lock)
print(sys.platform, sys.platlibdir, sys.abiflags == "", sys.copyright.splitlines()[0])
print(platform.python_implementation(), platform.python_version_tuple()[:2], platform.architecture()[0])
