"""Records what CPython's symbol table and code generator make of the sources in codegen-cases.txt.

    python3.14 codegen-record.py > codegen.golden.json

Run it with CPython 3.14.10 (it needs _testinternalcapi). Cases are separated by lines that begin with '### '; such a
line holds a name and options: mode=single, flags=0x2000, optimize=2. With `error`, only error and warnings count.
"""
import ast
import json
import opcode
import os
import sys
import symtable
import warnings
import _testinternalcapi

PSEUDO = {value: name for name, value in opcode.opmap.items() if value > 255}


def opname(op):
    return opcode.opname[op] if op < 256 else PSEUDO[op]


def instructions(seq):
    return {
        'i': [f'{opname(op)} {arg or 0} {a},{b},{c},{d}' for op, arg, a, b, c, d in seq.get_instructions()],
        'n': [instructions(nested) for nested in seq.get_nested()],
    }


def in_child(function, *args):
    """The extension miscounts references: each call has a process of its own."""
    source, sink = os.pipe()
    if os.fork() == 0:
        with os.fdopen(sink, 'w') as file:
            json.dump(function(*args), file)
            file.flush()
        os._exit(0)
    os.close(sink)
    with os.fdopen(source) as file:
        text = file.read()
    os.wait()
    return json.loads(text)


def generated(source, optimize):
    seq, metadata = _testinternalcapi.compiler_codegen(ast.parse(source), '<case>', optimize, 0)
    return instructions(seq)


def table(entry):
    return {
        'name': entry.name,
        'type': entry.type,
        'lineno': entry.lineno,
        'nested': entry.nested,
        'varnames': entry.varnames,
        'symbols': dict(sorted(entry.symbols.items())),
        'children': [table(child) for child in entry.children],
    }


def record(name, options, source):
    mode = options.get('mode', 'exec')
    flags = int(options.get('flags', '0'), 0)
    optimize = int(options.get('optimize', '0'))
    case = {'name': name, 'source': source, 'mode': mode, 'flags': flags, 'optimize': optimize}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        tree = compile(source, '<case>', mode, ast.PyCF_ONLY_AST | flags, dont_inherit=True)
        caught.clear()
        try:
            compile(tree, '<case>', mode, flags, dont_inherit=True, optimize=optimize)
            case['error'] = None
        except SyntaxError as error:
            case['error'] = [error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset]
        except UnicodeEncodeError as error:
            case['error'] = [str(error), None, None, None, None]
        case['warnings'] = [[str(w.message), w.lineno] for w in caught]
        if 'error' not in options and case['error'] is None and mode == 'exec' and not flags:
            case['code'] = in_child(generated, source, optimize)
            case['table'] = table(symtable.symtable(source, '<case>', 'exec')._table)
    return case


def cases(path):
    name, options, lines = None, {}, []
    for line in open(path, encoding='utf-8'):
        if not line.startswith('### '):
            lines.append(line)
            continue
        if name is not None:
            yield name, options, ''.join(lines)
        name, *words = line[4:].split()
        options = dict(word.partition('=')[::2] for word in words)
        lines = []
    yield name, options, ''.join(lines)


here = os.path.dirname(os.path.abspath(__file__))
result = [record(*case) for case in cases(os.path.join(here, 'codegen-cases.txt'))]
print(f'{{"version": "{sys.version.split()[0]}", "cases": [')
print(',\n'.join(json.dumps(case, ensure_ascii=False) for case in result))
print(']}')
sys.stdout.flush()
os._exit(0)
