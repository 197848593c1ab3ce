# A process that ends itself by a fatal signal: how it ended, and what faulthandler writes if it is enabled.
import subprocess
import sys

for name in ['_sigsegv', '_sigabrt', '_sigfpe']:
    for enable in ['', 'faulthandler.enable();']:
        code = f'import faulthandler; {enable}\ndef f():\n    faulthandler.{name}()\nf()'
        done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)
        print(name, done.returncode, [line for line in done.stderr.splitlines() if line.startswith(('Fatal', '  File'))])
