"""Records what CPython says of its instructions, for opcodes.test.ts.

    python3.14 tests/unit/opcode/opcodes-record.py > tests/unit/opcode/opcodes.golden.json

Per instruction: number, inline caches, argument kinds, and stack effects for some opargs.
"""
import _opcode
import _opcode_metadata
import importlib.util
import json
import opcode
import sys

KINDS = ("arg", "const", "name", "jump", "free", "local")


def effects(number, jump):
    try:
        return [_opcode.stack_effect(number, oparg, jump=jump) for oparg in range(6)]
    except ValueError:
        pass
    try:
        return [_opcode.stack_effect(number, jump=jump)]
    except ValueError:
        return None


numbers = {**opcode.opmap, **_opcode_metadata._specialized_opmap}
json.dump({
    "version": sys.version.split()[0],
    "magic": int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little"),
    "haveArgument": _opcode_metadata.HAVE_ARGUMENT,
    "minInstrumented": _opcode_metadata.MIN_INSTRUMENTED_OPCODE,
    "specializations": _opcode_metadata._specializations,
    "cacheFormat": opcode._cache_format,
    "nbOps": opcode._nb_ops,
    "intrinsics1": opcode._intrinsic_1_descs,
    "intrinsics2": opcode._intrinsic_2_descs,
    "specialMethods": opcode._special_method_names,
    "commonConstants": [c.__name__ for c in opcode._common_constants],
    "cmpOps": opcode.cmp_op,
    "opcodes": [[name, number,
                 " ".join(kind for kind in KINDS if getattr(_opcode, "has_" + kind)(number)),
                 effects(number, False), effects(number, True)]
                for name, number in sorted(numbers.items(), key=lambda item: item[1])],
}, sys.stdout, indent=None, separators=(",", ":"))
print()
