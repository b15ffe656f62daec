"""The practice: profile, emergency contacts, settings.

May import the kit, services and below; never another screen.
"""
