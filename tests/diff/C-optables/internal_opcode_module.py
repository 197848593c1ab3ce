import _opcode, opcode
for n in ("is_valid", "has_arg", "has_const", "has_name", "has_jump", "has_local", "has_free", "has_exc"):
    print(n, [o for o in range(300) if getattr(_opcode, n)(o)])
print([_opcode.get_nb_ops()[i] for i in range(5)], _opcode.get_intrinsic1_descs()[:3], _opcode.get_special_method_names(), _opcode.get_specialization_stats())
def f(): pass
try: print(_opcode.get_executor(code=f.__code__, offset=0))
except (ValueError, RuntimeError) as e: print(type(e).__name__, e)
