"""Widgets that more than one screen uses; they know nothing of clients, plans or incidents.

May import Qt and the floor only.
"""
