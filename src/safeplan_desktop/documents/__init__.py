"""Domain objects in, PDF bytes out.

May import `security`, `domain` and the floor; the only place for ReportLab.
"""
