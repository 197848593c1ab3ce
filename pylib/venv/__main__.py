import subprocess
import sys

from . import main

try:
    main()
except subprocess.CalledProcessError as e:
    print(f'Error: {" ".join(e.cmd)} returned {e.returncode}:\n{e.output.decode(errors="replace")}', file=sys.stderr)
    sys.exit(1)
except Exception as e:
    print(f'Error: {e}', file=sys.stderr)
    sys.exit(1)
