"""The incident log and its form.

May import the kit, services and below; never another screen.
"""
