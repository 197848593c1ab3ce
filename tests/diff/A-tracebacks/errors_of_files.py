# Errors of the file that is run: it is read line by line, in the encoding that it names.
import os
import subprocess
import sys
import tempfile

FILES = {
    'null': b'x=1\nprint(x)\ny\x00z\n',
    'not_utf8': b'x=1\n\n# \xe9\n',
    'ascii': b'# coding: ascii\nx="\xe9"\n',
    'latin': b'# coding: latin-1\nreturn "\xe4"\n',
}
HOOK = '''import sys
def hook(t, v, tb):
    print(t.__name__, v.args[0], getattr(v, "args", ())[1:2] and v.args[1][1:], getattr(v, "_metadata", None))
    sys.__excepthook__(t, v, tb)
sys.excepthook = hook
'''
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, 'sitecustomize.py'), 'w') as f:
        f.write(HOOK)
    for name, source in FILES.items():
        path = os.path.join(folder, name + '.py')
        with open(path, 'wb') as f:
            f.write(source)
        env = {**os.environ, 'PYTHONPATH': folder, 'PYTHONUTF8': '1'}
        done = subprocess.run([sys.executable, path], env=env, capture_output=True, stdin=subprocess.DEVNULL)
        text = (done.stdout + done.stderr).decode('utf-8', 'replace')
        print(name, done.returncode, text.replace(folder, '.'), flush=True)
