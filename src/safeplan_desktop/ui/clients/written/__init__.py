"""Records that are written, signed and kept with a client: session notes, psychotherapy notes, agreements, consents.

Presenters are plain Python; views may import Qt. The rooms of a client's record join them.
"""
