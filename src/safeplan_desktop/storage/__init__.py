"""The encrypted database, the key file, snapshots, backups: everything that touches a disk.

May import `security`, `domain` and the floor; only `connection.py` may import the database driver.
"""
