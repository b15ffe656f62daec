"""Reads a de-identified copy as a stranger would, apart from the program, so that both can't be wrong in the same way."""

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ı": "i", "’": "'", "ʼ": "'"})


@lru_cache(maxsize=256)  # one copy is looked through for each of its secrets
def read(text):
    """A text as a reader sees it: no accents, no capitals, nothing that can't be seen."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(c for c in letters if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def stands_in(secret, text):
    """Whether a reader finds a secret: as a word of its own; in scripts without capitals, and among letters alone, anywhere."""
    secret, text = read(secret), read(text)
    if secret.upper() == secret.lower() and not secret.isascii():
        return secret in text
    if re.search(rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])", text):
        return True
    spaced = r"[\s.\-_]*".join(map(re.escape, secret.replace(" ", "")))
    return len(secret) > 3 and re.search(rf"{spaced}(?![^\W\d_])", text) is not None
