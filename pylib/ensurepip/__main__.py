import sys

import ensurepip

if __name__ == "__main__":
    try:
        sys.exit(ensurepip._main())
    except Exception as e:
        print(f"ensurepip: {e}", file=sys.stderr)
        sys.exit(1)
