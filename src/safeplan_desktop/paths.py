"""Places on this computer; none of them ever holds a client's name."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_APP = "SafePlan"


def default_vault_folder() -> Path:
    """Where the records are unless the therapist chose another folder."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "records"


def log_folder() -> Path:
    """Where the local log is."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def settings_file() -> Path:
    """Where the window's size and theme are remembered."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "window.ini"


def documents_folder() -> Path:
    """Where documents are saved unless the therapist chooses another folder."""
    return Path(platformdirs.user_documents_dir())
