import importlib
import pkgutil
from enum import Enum

import pytest

from safeplan_desktop import domain
from safeplan_desktop.domain import vocabulary
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.instruments import InstrumentKind
from safeplan_desktop.domain.plans import Cue
from safeplan_desktop.domain.rich_text import BlockKind

UNSPOKEN = {
    BlockKind,  # how a text is set
    Cue,  # the editor says it in a sentence of its own
    DraftKind,  # said as the record that it becomes
    InstrumentKind,  # chooses how a card is built
}


def _enums() -> list[type[Enum]]:
    found = set()
    for module in pkgutil.iter_modules(domain.__path__, f"{domain.__name__}."):
        members = vars(importlib.import_module(module.name)).values()
        found |= {m for m in members if isinstance(m, type) and issubclass(m, Enum) and m is not Enum}
    return sorted(found - UNSPOKEN, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", _enums(), ids=lambda kind: kind.__name__)
def test_every_term_has_words_of_its_own(kind: type[Enum]):
    words = [vocabulary.label_of(member) for member in kind]
    assert all(label.strip() == label != "" for label in words)
    assert len(set(words)) == len(words)


def test_a_term_without_words_is_a_bug_of_the_caller():
    with pytest.raises(KeyError):
        vocabulary.label_of(Cue.NO_HELPER_WITH_PHONE)
