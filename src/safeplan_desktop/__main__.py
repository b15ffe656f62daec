"""`python -m safeplan_desktop` is `safeplan`."""

import sys

from safeplan_desktop.main import main

if __name__ == "__main__":
    sys.exit(main())
