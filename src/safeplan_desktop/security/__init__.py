"""Bytes in, bytes out: passphrase to key, key slots, recovery words, the chain of hashes.

May import `domain` and the floor; never opens a file.
"""
