"""Backups: make, check, restore.

May import the kit, services and below; never another screen.
"""
