import opcode, dis
print(sorted(opcode.opmap.items(), key=lambda x: x[1]))
print(len(opcode.opname), opcode.HAVE_ARGUMENT, opcode.EXTENDED_ARG, opcode.cmp_op, opcode.MIN_INSTRUMENTED_OPCODE if hasattr(opcode, "MIN_INSTRUMENTED_OPCODE") else "")
for n in ("hasarg", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasexc"): print(n, [opcode.opname[o] for o in getattr(opcode, n)])
print(opcode._inline_cache_entries); print(opcode._nb_ops); print(opcode._intrinsic_1_descs, opcode._intrinsic_2_descs, opcode._special_method_names, opcode._common_constants)
print(opcode._specializations)
