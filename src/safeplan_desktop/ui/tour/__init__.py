"""The tour: drives the real window through the whole main job, as hands would, and leaves what came of it in a folder.

Each action is one turn of the event loop; a heartbeat beside it measures the longest time in which the window couldn't
have answered. Taking a screenshot and writing the invented practice are left out of that measure, since nobody does
these in daily work.
"""
