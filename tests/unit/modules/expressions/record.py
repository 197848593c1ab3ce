"""Records what CPython 3.14.10 answers to the expressions of *.txt: python3.14 record.py (writes *.golden.json here)"""
import json, os, sys, types, warnings
import importlib, string.templatelib as templatelib

warnings.simplefilter('ignore')
here = os.path.dirname(os.path.abspath(__file__))
# The natives raise this class by name; a plain one shows its arguments.
decoder = types.ModuleType('json.decoder')
decoder.JSONDecodeError = type('JSONDecodeError', (ValueError,), {})

def check(tree):
    compile(tree, 'f', 'exec')
    return 'ok'

def answer(text, env):
    try:
        return repr(eval(text, env))
    except BaseException as e:
        return f'{type(e).__name__} {e}'

with open(os.path.join(here, 'setup.json')) as f:
    setup = json.load(f)
for name, area in setup.items():
    sys.modules['json.decoder'] = decoder
    env = {'list_': list, 'GA': types.GenericAlias, 'check': check, 'Template': templatelib.Template, 'Interp': templatelib.Interpolation}
    env[area['module']] = importlib.import_module(area['module'])
    for key, text in area['names'].items():
        env[key] = eval(text, env)
    with open(os.path.join(here, f'{name}.txt'), encoding='utf-8') as f:
        answers = [answer(line, env) for line in f.read().splitlines()]
    with open(os.path.join(here, f'{name}.golden.json'), 'w') as f:
        json.dump({'version': sys.version.split()[0], 'answers': answers}, f, indent=0)
        f.write('\n')
