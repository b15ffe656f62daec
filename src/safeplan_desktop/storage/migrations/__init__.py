"""The schema as SQL files, one version each; a file that landed never changes.

Read by `storage/migrate.py` only.
"""
