"""Clients: the list and each record.

May import the kit, services and below; never another screen.
"""
