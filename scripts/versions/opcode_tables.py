"""Prints as JSON what an interpreter's own opcode and dis modules know of its bytecode; run by record-versions.mjs.

Runs on CPython 3.6 and everything later.
"""
import dis
import importlib.util
import json
import opcode
import re
import sys
import unicodedata
import zipimport

REAL = range(256)


def attribute(name, default=None):
    return getattr(dis, name, getattr(opcode, name, default))


def pairs(table):
    return [list(row) for row in table]


def effect(op, arg, jump):
    """The stack effect, or None where the interpreter refuses to tell."""
    try:
        if sys.version_info >= (3, 8):
            return opcode.stack_effect(op, arg, jump=jump)
        return opcode.stack_effect(op, arg)
    except ValueError:
        return None


def effects(op, has_arg):
    """Effects when falling through and when jumping, as a number or as samples by argument."""
    def samples(jump):
        if not has_arg:
            return [effect(op, None, jump)]
        return [effect(op, arg, jump) for arg in range(34)]
    return [samples(False), samples(True)]


def unprintable():
    """Ranges of characters that repr() escapes."""
    ranges = []
    for point in range(0x80, 0x110000):
        if chr(point).isprintable():
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def known_magics():
    """Magic numbers by release, as the import system's comments list them."""
    import importlib._bootstrap_external as external
    archive, in_zip, name = external.__file__.partition('.zip/')
    if in_zip:
        text = zipimport.zipimporter(archive + '.zip').get_data(name).decode()
    else:
        with open(external.__file__, encoding='utf-8') as file:
            text = file.read()
    found = {}
    for release, magic in re.findall(r'^#\s+Python (\d\.\d+)[^\s:]*:?\s+(\d{4,5})\b', text, re.M):
        numbers = found.setdefault(release, [])
        numbers.append(int(magic))
    return found


def main():
    names = attribute('_all_opname') or list(opcode.opname)
    opmap = {name: op for name, op in opcode.opmap.items() if op < 256}
    has_argument = attribute('hasarg')
    if has_argument is None:
        has_argument = [op for op in REAL if op >= opcode.HAVE_ARGUMENT]
    lists = {'const': 'hasconst', 'name': 'hasname', 'jrel': 'hasjrel', 'jabs': 'hasjabs', 'local': 'haslocal',
             'compare': 'hascompare', 'free': 'hasfree', 'exc': 'hasexc'}
    special = {}
    for base, family in attribute('_specializations', {}).items():
        for name in family:
            special[name] = base
    table = {
        'version': '%d.%d' % sys.version_info[:2],
        'release': sys.version.split()[0],
        'magic': int.from_bytes(importlib.util.MAGIC_NUMBER[:2], 'little'),
        'unicode': unicodedata.unidata_version,
        'opcodes': [],
        'specialized': sorted([op, names[op], special[names[op]]] for op in range(len(names)) if names[op] in special),
        'other': [],
        'hasarg': sorted(op for op in has_argument if op < 256),
        'caches': attribute('_cache_format', {}),
        'cmp_op': list(opcode.cmp_op),
        'nb_ops': [row[1] for row in attribute('_nb_ops', [])],
        'intrinsics_1': list(attribute('_intrinsic_1_descs', [])),
        'intrinsics_2': list(attribute('_intrinsic_2_descs', [])),
        'common_constants': [value.__name__ if isinstance(value, type) else repr(value)
                             for value in attribute('_common_constants', [])],
        'special_methods': list(attribute('_special_method_names', [])),
        'function_flags': list(attribute('FUNCTION_ATTR_FLAGS', attribute('MAKE_FUNCTION_FLAGS', []))),
        'code_flags': [[bit, name] for bit, name in sorted(dis.COMPILER_FLAG_NAMES.items())],
        'unprintable': unprintable(),
        'magics': known_magics(),
    }
    for name, op in sorted(opmap.items(), key=lambda item: item[1]):
        has_arg = op in table['hasarg']
        flags = [flag for flag, attr in lists.items() if op in attribute(attr, [])]
        table['opcodes'].append([op, name, flags, effects(op, has_arg)])
    known = {row[0] for row in table['opcodes']} | {row[0] for row in table['specialized']}
    for op in range(min(256, len(names))):
        if op not in known and names[op] != '<%d>' % op:
            table['other'].append([op, names[op]])
    json.dump(table, sys.stdout)


main()
