import dis, sys
src = "\n".join(f"v{i} = {i + 1000}" for i in range(300)) + "\nprint(v299)\nif v1:\n" + "\n".join(f"  v{i}" for i in range(200))
ins = [i for i in dis.get_instructions(compile(src, "<s>", "exec"))]
print([(i.offset, i.opname, i.arg, i.argrepr) for i in ins if i.opname == "EXTENDED_ARG"][:4], [(i.offset, i.start_offset, i.opname, i.arg, i.argrepr) for i in ins if i.arg and i.arg > 255][:6], len(ins))
def bad(): return 1 / 0
try: bad()
except ZeroDivisionError as e: dis.distb(e.__traceback__)
dis.disco((lambda: 0).__code__)
try: dis.distb()
except RuntimeError as e: print(e)
print(dis.stack_effect(dis.opmap["LOAD_CONST"], 0), dis.COMPILER_FLAG_NAMES, dis.hasarg[:5])
