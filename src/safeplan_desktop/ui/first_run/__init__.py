"""The first start: records, passphrase, recovery words.

May import the kit, services and below; never another screen.
"""
