"""The reader of PDFs and the invented records of `tests/support`, for these tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
