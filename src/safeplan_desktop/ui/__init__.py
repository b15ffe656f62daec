"""The windows: the only place for Qt. One folder a screen: view.py (widgets), presenter.py (plain Python).

May import `services` and below; screens don't know each other, `main_window` joins them.
"""
