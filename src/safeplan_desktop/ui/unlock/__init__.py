"""The page that opens the records.

May import the kit, services and below; never another screen.
"""
