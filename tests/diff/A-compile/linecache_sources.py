import linecache, traceback
src = "def bad(x):\n    y = x + 1\n    return y / 0\n\nbad(2)\n"
linecache.cache["<generated-1>"] = (len(src), None, src.splitlines(True), "<generated-1>")
try:
    exec(compile(src, "<generated-1>", "exec"), {})
except ZeroDivisionError as e:
    traceback.print_exception(e, file=__import__("sys").stdout)
exec(compile("def nosource():\n    raise KeyError\n", "<nowhere>", "exec"))
nosource()
