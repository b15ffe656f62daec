"""Today: what is due.

May import the kit, services and below; never another screen.
"""
