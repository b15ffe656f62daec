"""The command line: the same services without a screen.

May import `services` and below; no Qt.
"""
