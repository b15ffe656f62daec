"""How hard a passphrase is to guess, and one that is."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from zxcvbn_rs_py import Warning as Pattern
from zxcvbn_rs_py import zxcvbn

from safeplan_desktop.errors import WeakPassphraseError
from safeplan_desktop.security.recovery_words import Chooser, word_list

FAIR_LOG10: Final = 14.0
"""The least that is accepted: an estimate of 10^14 guesses.

One guess costs about half a second (`kdf`), so ten thousand hired computers make some 20,000 a second, and
10^14 takes them 160 years. The estimate is kind to phrases: measured on random words, it rates three (a true
10^10) at 10^10 to 10^16, and four (a true 10^13) nearly always above 10^14. So the bar stands where most
phrases of three words fall and those of four pass.
"""

STRONG_LOG10: Final = 17.0
"""From here on it is called strong: five random words and more."""

GENERATED_WORDS: Final = 6
"""66 random bits."""

_ESTIMATED_LENGTH: Final = 64
"""The estimate's time grows with the square of the length (64 characters: 1.8 ms, 100: 4.7 ms), and a longer
passphrase is at least as strong as its beginning."""

_PERSONAL_LENGTH: Final = 3
_MOST_PERSONAL: Final = 60

_ADVICE: Final = "Add one or two unrelated words, or take the suggested passphrase of six words."

_REASONS: Final = (
    (Pattern.StraightRowsOfKeysAreEasyToGuess, "keys that lie side by side are tried early"),
    (Pattern.ShortKeyboardPatternsAreEasyToGuess, "patterns on the keyboard are tried early"),
    (Pattern.RepeatsLikeAaaAreEasyToGuess, "one character many times is tried early"),
    (Pattern.RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess, "repeating a part makes it hardly harder"),
    (Pattern.ThisIsATop10Password, "it is among the very first that are tried"),
    (Pattern.ThisIsATop100Password, "it is among the first hundred that are tried"),
    (Pattern.ThisIsACommonPassword, "many people use it, so it is tried early"),
    (Pattern.ThisIsSimilarToACommonlyUsedPassword, "it is much like one that many people use"),
    (Pattern.SequencesLikeAbcAreEasyToGuess, "sequences such as abc or 6543 are tried early"),
    (Pattern.RecentYearsAreEasyToGuess, "years are tried early"),
    (Pattern.AWordByItselfIsEasyToGuess, "a single word is tried early"),
    (Pattern.DatesAreOftenEasyToGuess, "dates are tried early"),
    (Pattern.NamesAndSurnamesByThemselvesAreEasyToGuess, "names are tried early"),
    (Pattern.CommonNamesAndSurnamesAreEasyToGuess, "common names are tried early"),
)
"""Why a pattern is weak; pairs, because the library's patterns can't be keys of a dictionary."""


class Verdict(Enum):
    """What a passphrase is good for."""

    TOO_WEAK = "too weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate of how long a passphrase would stand.

    Attributes:
        guesses_log10: The estimated number of guesses, as a power of ten; 0 for an empty passphrase, below
            20.
        sentence: The verdict in words, for the line under the field. It never holds the passphrase.
    """

    verdict: Verdict
    guesses_log10: float
    sentence: str

    @property
    def acceptable(self) -> bool:
        """Whether it may close a vault."""
        return self.verdict is not Verdict.TOO_WEAK


def strength_of(passphrase: str, personal: Sequence[str] = ()) -> Strength:
    """The strength of a passphrase; quick enough to run at every key.

    Args:
        passphrase: As typed.
        personal: What a thief may know: the therapist's name, the practice's name, the town.
    """
    if not passphrase.strip():
        return Strength(Verdict.TOO_WEAK, 0.0, "Type a passphrase: several words that don't belong together.")
    estimate = zxcvbn(_estimated(passphrase), _known(personal))
    guesses_log10 = max(0.0, float(estimate.guesses_log10))
    if guesses_log10 < FAIR_LOG10:
        found = estimate.feedback.warning if estimate.feedback else None
        reason = next((f": {reason}" for pattern, reason in _REASONS if pattern == found), "")
        return Strength(Verdict.TOO_WEAK, guesses_log10, f"Too easy to guess{reason}. {_ADVICE}")
    if guesses_log10 < STRONG_LOG10:
        return Strength(Verdict.FAIR, guesses_log10, "Hard to guess. One more unrelated word makes it harder still.")
    return Strength(Verdict.STRONG, guesses_log10, "Very hard to guess.")


def ensure_strong(passphrase: str, personal: Sequence[str] = ()) -> None:
    """Refuses a passphrase that could be guessed.

    Raises:
        WeakPassphraseError: with the reason and what to do about it.
    """
    strength = strength_of(passphrase, personal)
    if not strength.acceptable:
        raise WeakPassphraseError(strength.sentence)


def generate_passphrase(rng: Chooser, words: int = GENERATED_WORDS) -> str:
    """Random words of the BIP-39 list, joined by spaces; six of them hold 66 bits.

    Args:
        rng: `secrets`; anything else is for tests.
        words: How many.
    """
    return " ".join(rng.choice(word_list()) for _ in range(words))


def _estimated(text: str) -> str:
    """The beginning of a text as the estimator can take it: composed, and without halves of characters."""
    return unicodedata.normalize("NFC", text[:_ESTIMATED_LENGTH]).encode("utf-8", "replace").decode()


def _known(personal: Sequence[str]) -> list[str]:
    """Personal texts, whole and word by word."""
    parts = [part for text in personal for part in (text.strip(), *text.split())]
    return [_estimated(part) for part in dict.fromkeys(parts) if len(part) >= _PERSONAL_LENGTH][:_MOST_PERSONAL]
