"""Compiles snippets and writes an archive of their .pyc files and of what the interpreter's own dis shows of them.

Run by record-versions.mjs, on CPython 3.6 and everything later. The archive is a line of JSON, then the parts one behind
the other: for each case its .pyc and its listing. Of listings with caches and offsets, of code_info and of the fields of
dis.Instruction it keeps SHA-256 digests. Addresses are written as 0x. 3.6's dis shows no nested code objects: they are
listed one after the other, in the manner of 3.7.
"""
import dis
import hashlib
import importlib.util
import io
import json
import marshal
import re
import sys


def generated():
    """Snippets that are long: arguments and jumps beyond one byte."""
    names = ' + '.join('n%d' % i for i in range(300))
    yield 'generated_names', 'x = %s\ny = n299.a299\n' % names
    yield 'generated_constants', 'x = [%s]\ny = 70001; z = "end"\n' % ', '.join('a + %d' % (i + 1000) for i in range(300))
    yield 'generated_locals', 'def f():\n%s    return v0 + v299\n' % ''.join('    v%d = %d\n' % (i, i) for i in range(300))
    body = ''.join('        a%d.b(c, %d)\n' % (i % 7, i) for i in range(120))
    yield 'generated_jumps', 'for a in b:\n    if c:\n%s    else:\n%s    if d: continue\n' % (body, body)
    yield 'generated_try', 'def f():\n    try:\n%s    except A as e:\n%s    finally:\n%s' % (body, body, body)
    yield 'generated_offsets', 'x = 0\n' + 'a = b.c(d)\n' * 900
    yield 'generated_lines', ''.join('%s = 1\n%s' % (c, '\n' * 400) for c in 'abcdefgh')


def sources(path):
    with open(path, encoding='utf-8') as file:
        parts = re.split(r'^### (\w+)\n', file.read(), flags=re.M)
    for name, text in zip(parts[1::2], parts[2::2]):
        yield name, text
    for name, text in generated():
        yield name, text


def normal(text):
    return re.sub(r' at 0x[0-9a-f]+, file', ' at 0x, file', text)


def inner(code):
    return [c for c in code.co_consts if hasattr(c, 'co_code')]


def holds_set(value):
    """Whether a set of several items is among the constants: in 32-bit builds their order is another."""
    if isinstance(value, frozenset):
        return len(value) > 1
    items = value.co_consts if hasattr(value, 'co_consts') else value if isinstance(value, tuple) else ()
    return any(map(holds_set, items))


def listing(code, **options):
    out = io.StringIO()
    dis.dis(code, file=out, **options)
    text = out.getvalue()
    if sys.version_info < (3, 7):
        for each in inner(code):
            text += '\nDisassembly of %r:\n%s' % (each, listing(each))
    return text


def all_options():
    if sys.version_info >= (3, 13):
        return {'show_caches': True, 'show_offsets': True}
    return {'show_caches': True} if sys.version_info >= (3, 11) else {}


def rows(code):
    """The fields of each instruction, a line for each, and code_info before them."""
    out = [dis.code_info(code)]
    for i in dis.Bytecode(code):
        line = '-'
        if sys.version_info >= (3, 13):
            if i.starts_line:
                line = i.line_number
        elif i.starts_line is not None:
            line = i.starts_line
        where = tuple(getattr(i, 'positions', None) or ())
        out.append(' '.join(map(str, [i.offset, i.opcode, i.opname, i.arg, i.argrepr, line, i.is_jump_target, list(where)])))
    for each in inner(code):
        out.extend(rows(each))
    return out


def digest(text):
    return hashlib.sha256(normal(text).encode('utf-8', 'surrogatepass')).hexdigest()


def main(path):
    stamp = 12 if sys.version_info >= (3, 7) else 8
    cases, blobs = [], []
    for name, text in sources(path):
        try:
            code = compile(text, name + '.py', 'exec', dont_inherit=True)
        except SyntaxError:
            continue
        if sys.hash_info.width != 64 and holds_set(code):
            continue
        pyc = importlib.util.MAGIC_NUMBER + bytes(stamp) + marshal.dumps(code)
        # What is shown is the code as it was read back.
        code = marshal.loads(pyc[4 + stamp:])
        shown = normal(listing(code)).encode('utf-8', 'surrogatepass')
        cases.append({'name': name, 'pyc': len(pyc), 'listing': len(shown), 'all': digest(listing(code, **all_options())),
                      'rows': digest('\n'.join(rows(code)))})
        blobs += [pyc, shown]
    release = sys.version.split()[0]
    header = {'version': '%d.%d' % sys.version_info[:2], 'release': release, 'cases': cases}
    sys.stdout.buffer.write(json.dumps(header).encode() + b'\n' + b''.join(blobs))


main(sys.argv[1])
