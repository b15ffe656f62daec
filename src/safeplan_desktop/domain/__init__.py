"""What the practice's records are, and the rules that hold for them: frozen dataclasses and pure functions.

May import only `safeplan_desktop.errors`; no I/O, and the time is passed in.
"""
