import marshal, io
for b in (b"", b"?", b"i\1", b"s\5\0\0\0ab", b"(\2\0\0\0N", b"(\xff\xff\xff\xff", b"r\0\0\0\0", b"\xff", b"c", b"u\1\0\0\0\xff", b"l\1\0\0\0\xff\xff", b"l\1\0\0\0\0\0", b"f\3abc", b"g1234567", b"{N", b"[\xff\xff\xff\x7f", b"0", b"z\3ab", b"<\1\0\0\0[\0\0\0\0", b"t\1\0\0\0a", b"y12345678", b"\xfb\2\0\0\0i\5\0\0\0r\0\0\0\0", b"i\1\0\0\0garbage"):
    try: print(b, marshal.loads(b))
    except Exception as e: print(b, type(e).__name__, e)
for v in (object(), int, lambda: 0, 1.5.real.__class__, [object()], {1: {2: object()}}, type("S", (str,), {})("x")):
    try: print(marshal.dumps(v))
    except ValueError as e: print(e)
for a in (5, None, "s"):
    try: marshal.loads(a)
    except TypeError as e: print(e)
f = io.BytesIO(); marshal.dump([1, 2], f); marshal.dump("x", f); f.seek(0); print(marshal.load(f), marshal.load(f))
try: marshal.load(f)
except EOFError as e: print(e)
try: marshal.load(io.StringIO("x"))
except TypeError as e: print(e)
print(marshal.loads(memoryview(marshal.dumps({1: 2}))), marshal.loads(bytearray(marshal.dumps(1.5))))
