"""Find: one search over all records.

May import the kit, services and below; never another screen.
"""
