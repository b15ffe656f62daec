"""SafePlan Desktop: screening, safety plans, incidents and encrypted records for one therapist, offline.

The layers are listed in pyproject.toml, and the tests hold them.
"""

__version__ = "0.1.0"
