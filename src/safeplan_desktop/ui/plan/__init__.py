"""The safety plan editor.

May import the kit, services and below; never another screen.
"""
