"""The screening wizard.

May import the kit, services and below; never another screen.
"""
