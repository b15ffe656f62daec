"""The Crisis panel, also while locked.

May import the kit, services and below; never another screen.
"""
