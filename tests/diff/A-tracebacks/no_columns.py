# -X no_debug_ranges, and a __future__ statement at the prompt.
import subprocess
import sys

for options in [], ['-X', 'no_debug_ranges']:
    code = 'def f(): return a + (b\n * c)\nprint(f.__code__.co_linetable.hex())\nf()'
    done = subprocess.run([sys.executable, *options, '-c', code], capture_output=True, text=True)
    print(done.stdout, done.stderr)
prompt = 'from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n'
done = subprocess.run([sys.executable, '-i'], input=prompt, capture_output=True, text=True)
print(done.stdout)
