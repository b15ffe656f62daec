"""Pages of any kind of record that is written, signed and kept: its list, its form, a signed one for reading.

May import the kit, services and below; screens bring their own forms.
"""
