# options: -W error
for src in ("x is 1", "'\\d'", "()()", "assert (1, 2)", "x = 1if 2 else 3", "a\nb\nif x is not 'lit': pass"):
    try: compile(src, "<w>", "exec"); print("fine")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.end_offset, e.filename, repr(e.text))
