"""Every page of a records file in the clear, as whoever holds the key could read it, free pages included."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from safeplan_desktop.security.data_key import DataKey

_PAGE, _RESERVE, _IV, _SALT = 4096, 80, 16, 16


def in_the_clear(path: Path, key: DataKey) -> bytes:
    """All pages decrypted, one behind the other. SQLCipher 4: AES-256-CBC, the vector at the head of each page's reserve."""
    data = path.read_bytes()
    pages = []
    for begin in range(0, len(data), _PAGE):
        page = data[begin : begin + _PAGE]
        vector = page[_PAGE - _RESERVE :][:_IV]
        secret = page[_SALT if begin == 0 else 0 : _PAGE - _RESERVE]
        decryptor = Cipher(algorithms.AES(key.key), modes.CBC(vector)).decryptor()
        pages.append(decryptor.update(secret) + decryptor.finalize())
    return b"".join(pages)
