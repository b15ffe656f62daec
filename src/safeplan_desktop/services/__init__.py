"""What the therapist can do: each use case is one transaction and one audit entry.

May import `storage`, `documents` and below; no Qt, no SQL.
"""
