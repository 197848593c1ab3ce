import tokenize, io
for data in (b"# -*- coding: latin-1 -*-\nx='\xe9'\n", b"\xef\xbb\xbfx=1\n", b"x=1\n# coding: utf-8\n", b"# coding: nope\n", b"\xef\xbb\xbf# coding: latin-1\n", b"x='\xff'\n", b"#!/x\n# vim: set fileencoding=cp1252 :\ny='\x80'\n", b""):
    try:
        enc, lines = tokenize.detect_encoding(io.BytesIO(data).readline)
        print(enc, lines)
        print([t.string for t in tokenize.tokenize(io.BytesIO(data).readline)])
    except SyntaxError as e:
        print("SyntaxError", e)
    try:
        ns = {}
        exec(compile(data, "<enc>", "exec"), ns)
        print({k: v for k, v in ns.items() if k != "__builtins__"})
    except SyntaxError as e:
        print(type(e).__name__, e.msg)
