# Records what CPython answers to the lines of cases.txt files, in golden.json beside them.
# Run with CPython 3.14 (last recorded with 3.14.10):
#
#     python3.14 tests/unit/modules/io/record.py
#
# A line starting with '# ' begins a block with fresh names, '! ' is executed ('\n' separates its lines), any other line
# is evaluated: its repr(), or the exception's type and text, is recorded. Addresses are left out.

import json, os, re, sys, tempfile, warnings

assert sys.version_info[:2] == (3, 14)
warnings.simplefilter('ignore')
sys.unraisablehook = lambda args: None
here = os.path.dirname(os.path.abspath(__file__))

def answer(line, names):
    try:
        text = repr(eval(line, names))
    except BaseException as e:
        text = f'{type(e).__name__}: {e}'
    return re.sub('0x[0-9a-f]+', '0xX', text)

for folder in here, os.path.join(here, '..', '..', 'objects', 'exceptions'):
    cases = open(os.path.join(folder, 'cases.txt'), encoding='utf-8').read().splitlines()
    names = {}
    answers = []
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for line in cases:
            if line.startswith('# '):
                names = {'__name__': 'cases'}
            elif line.startswith('! '):
                exec(line[2:].replace('\\n    ', '\n    ').replace('\\n  ', '\n  '), names)
            else:
                answers.append([line, answer(line, names)])
        names = {}
        os.chdir('/')
    with open(os.path.join(folder, 'golden.json'), 'w', encoding='utf-8') as f:
        f.write('{"version": %s, "answers": [\n' % json.dumps(sys.version.split()[0]))
        f.write(',\n'.join(json.dumps(a) for a in answers))
        f.write('\n]}\n')
