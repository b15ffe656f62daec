"""The safety policy: title page, contents, eight parts, appendix. It is made to be shown to a licensing board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reportlab.platypus import PageBreak

from safeplan_desktop.documents import layout, pages, record_parts, theme
from safeplan_desktop.documents.layout import INK, QUIET
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.incidents import void_of
from safeplan_desktop.domain.policy import CoveredPerson, undecided_words
from safeplan_desktop.domain.policy_facts import Fact, named
from safeplan_desktop.domain.policy_layout import LaidPart, LaidSection, laid_out
from safeplan_desktop.domain.rich_text import Block, BlockKind
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.policy_paper import PolicyPaper
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

TITLE = "Safety policy"
_SUBTITLE = "Safety plan for therapists"
DRAFT = "DRAFT: not adopted"
_BY_HAND = "\u00a0"
_CLAUSE = 40.0
"""Points in which a clause's number stands."""

_LINE_TO_SIGN = 26.0


@pages.one_at_a_time
def policy_pdf(policy: PolicyPaper, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    """The policy as a PDF.

    Args:
        policy: What is printed.
        practice: As it is now; it gives the form of dates alone.
        paper: The size of the pages.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    begins: dict[str, int] = {}
    made = b""
    # The contents stand before what they count: a first round finds the pages, a second one prints them.
    for _ in range(2):
        made = _Policy(policy, record_parts.look_of(paper, practice), begins).made(paper, chain_head)
    return made


class _Policy:
    """One round of the document; `begins` holds the page of each heading."""

    def __init__(self, policy: PolicyPaper, look: Look, begins: dict[str, int]) -> None:
        self._policy, self.look, self._begins = policy, look, begins
        self._language = look.book.language
        self._facts = named(policy.facts)
        self._parts = laid_out(policy.form, policy.facts)
        self._part_style = theme.restyled(look.title, fontSize=look.size * 1.5, spaceAfter=look.size * 0.4)
        self._contents: list[tuple[str, str, bool]] = []

    def made(self, paper: Paper, chain_head: str) -> bytes:
        body = [block for part in self._parts for block in self._part(part)]
        body += self._appendix()
        story = [*self._title_page(), PageBreak(), *self._contents_page(), PageBreak(), *body]
        who = self._facts["practice name"].text if "practice name" in self._facts else ""
        draft = self._policy.number is None
        head = DRAFT if draft else "  ·  ".join(part for part in (who, TITLE, self._policy.version_words) if part)
        pdf, _ = pages.build(
            story,
            paper,
            title=TITLE,
            language=self._language,
            made=self._policy.adopted or self._policy.made,
            margins=Margins(
                head=head,
                framed=draft,
                foot=f"{TITLE}, {self._policy.version_words.lower()}" + record_parts.fingerprint_words(chain_head),
                page="Page {page} of {pages}",
                head_from=1 if draft else 2,
            ),
            look_=self.look,
        )
        return pdf

    # -- the first pages ------------------------------------------------------------------------------------------

    def _title_page(self) -> Iterator[Flowable]:
        look, policy = self.look, self._policy
        large = theme.restyled(
            look.title, fontSize=look.size * 3.2, leading=look.size * 3.6, spaceAfter=look.size * 0.5
        )
        name = theme.restyled(look.body, fontSize=look.size * 1.5)
        yield layout.Gap(look.height * 0.13)
        yield from look.text(Span(self._said("practice name"), bold=True), name, balanced=True)
        yield layout.Rule(2.0, colour=INK, space_before=8, space_after=22)
        yield from look.text(TITLE, large, outline=True)
        yield from look.text(Span(_SUBTITLE, colour=QUIET), theme.restyled(look.body, fontSize=look.size * 1.4))
        yield layout.Gap(look.height * 0.07)
        for notice in self._notices():
            yield layout.Box(look.text(notice), room=look.height, line=1.2)
            yield layout.Gap(14)
        day = theme.day_words
        rows: list[tuple[str, str]] = [("Version", "Draft" if policy.number is None else str(policy.number))]
        if policy.adopted is not None:
            rows.append(("Adopted on", day(policy.adopted.local_date, self._language)))
        if policy.review_on is not None:
            rows.append(("Next review", day(policy.review_on, self._language)))
        rows += [
            ("Therapist", self._said("therapist")),
            ("Address", self._said("address")),
            ("Phone", self._said("phone")),
        ]
        yield from theme.facts(look, rows)
        yield layout.Gap(look.height * 0.06)
        if policy.adopted is None:
            yield from look.text("Not signed.", look.quiet)
            return
        signed = theme.moment_words(policy.adopted, self._language)
        yield from look.text([Span("Adopted and signed by "), Span(policy.signer, bold=True), Span(f" on {signed}")])
        yield layout.Gap(_LINE_TO_SIGN)
        half = (look.width - 24) / 2
        yield layout.Columns(
            [
                (half, [layout.Rule(colour=INK, space_after=3), *look.text(words, look.small)])
                for words in ("Signature", "Date")
            ],
            gap=24,
        )

    def _notices(self) -> Iterator[Sequence[Span]]:
        policy = self._policy
        voided = void_of(policy.addenda)
        if voided is not None:
            yield [
                Span("Entered in error. ", bold=True),
                Span(f"Reason: {voided.reason}. This version isn't in force."),
            ]
        if policy.number is None:
            yield [
                Span("This is a draft. ", bold=True),
                Span("It was not adopted, and the practice doesn't vouch for it yet."),
            ]
        if policy.undecided:
            yield [
                Span(f"{undecided_words(policy.undecided)}. ", bold=True),
                Span("What isn't decided isn't printed, and isn't promised."),
            ]

    def _said(self, name: str) -> str:
        fact = self._facts.get(name)
        return fact.text if fact is not None else ""

    def _contents_page(self) -> Iterator[Flowable]:
        look = self.look
        yield from look.text("Contents", look.title, outline=True)
        part = theme.restyled(look.body, spaceBefore=look.size * 0.55)
        section = theme.restyled(look.body, leftIndent=look.size * 2.0)
        for key, words, is_part in self._contents:
            style = part if is_part else section
            left = look.text(Span(words, bold=is_part), style)
            right = look.text(
                Span(str(self._begins.get(key, "")) or _BY_HAND, bold=is_part), theme.restyled(style, leftIndent=0)
            )
            yield layout.Leader(left, right, space_before=style.spaceBefore)

    # -- the parts ------------------------------------------------------------------------------------------------

    def _noted(self, key: str, words: str, *, is_part: bool) -> layout.PageNote:
        self._contents.append((key, words, is_part))
        return layout.PageNote(partial(self._begins.__setitem__, key))

    def _part_heading(self, key: str, words: str) -> list[Flowable]:
        return [
            layout.Gap(self.look.size),
            self._noted(key, words, is_part=True),
            layout.Rule(1.2, colour=INK, space_before=6, space_after=6),
            *self.look.text(words, self._part_style, outline=True),
        ]

    def _part(self, part: LaidPart) -> Iterator[Flowable]:
        words = f"{part.number}.  {label_of(part.part)}"
        heading = self._part_heading(part.number, words)
        if not part.sections:
            open_yet = self._policy.number is None and self._policy.undecided
            words = (
                "Nothing of this part is decided yet." if open_yet else "Nothing of this part is practised at present."
            )
            quiet = self.look.text(words, self.look.quiet)
            yield layout.Together([*heading, *quiet], head=len(heading))
        for place, section in enumerate(part.sections):
            head = [
                self._noted(section.number, f"{section.number}  {section.title}", is_part=False),
                *self.look.heading_of(f"{section.number}  {section.title}"),
            ]
            items = self._section(section)
            lead = [*heading, *head] if not place else head
            # A heading keeps the first two things behind it: one line alone at the foot of a page looks forgotten.
            yield layout.Together([*lead, *items[:2]], head=len(lead))
            yield from items[2:]

    def _section(self, section: LaidSection) -> list[Flowable]:
        look = self.look
        items: list[Flowable] = []
        listed = False
        for block in section.body:
            in_list = isinstance(block, Fact) or block.kind in (BlockKind.BULLET, BlockKind.NUMBER)
            items += [layout.Gap(look.size * 0.4)] if listed and not in_list else []
            items += self._fact(block) if isinstance(block, Fact) else self._block(block)
            listed = in_list
        items += [layout.Gap(look.size * 0.4)] if listed and section.clauses else []
        number = theme.restyled(look.quiet, spaceAfter=0)
        items += [
            layout.Columns(
                [
                    (_CLAUSE - 6, look.text(clause.number, number)),
                    (look.width - _CLAUSE, look.text(clause.text, theme.restyled(look.body, spaceAfter=0))),
                ],
                gap=6,
                space_before=look.size * 0.15,
                space_after=look.size * 0.3,
            )
            for clause in section.clauses
        ]
        if section.not_here:
            items += look.text("Not practised here:", theme.restyled(look.quiet, spaceBefore=look.size * 0.3))
            items += [block for text in section.not_here for block in self._listed(text, "–", quiet=True)]
        return items

    def _listed(self, words: str | Sequence[Span], bullet: str, *, quiet: bool = False) -> list[Flowable]:
        style = theme.restyled(self.look.item, leftIndent=self.look.size * 1.9, bulletIndent=self.look.size * 0.4)
        return self.look.text(words, theme.restyled(style, textColor=QUIET) if quiet else style, bullet=bullet)

    def _block(self, block: Block) -> list[Flowable]:
        look = self.look
        spans = [Span(run.text, bold=run.bold) for run in block.runs]
        if block.kind is BlockKind.HEADING:
            bold = [replace(span, bold=True) for span in spans]
            return look.text(bold, theme.restyled(look.body, spaceBefore=look.size * 0.5))
        if block.kind is BlockKind.BULLET:
            return self._listed(spans, "•")
        if block.kind is BlockKind.NUMBER:
            return self._listed(spans, f"{block.number}.")
        return look.text(spans, theme.restyled(look.body, spaceAfter=look.size * 0.45))

    def _fact(self, fact: Fact) -> list[Flowable]:
        if fact.head:
            shares = _shares(fact)
            return record_parts.table(self.look, "", fact.head, fact.rows, shares)
        return [
            block
            for place, row in enumerate(fact.rows, start=1)
            for block in self._listed(fact.words(row), f"{place}." if fact.numbered else "•")
        ]

    # -- the appendix ---------------------------------------------------------------------------------------------

    def _appendix(self) -> Iterator[Flowable]:
        look, policy = self.look, self._policy
        day = partial(theme.short_day_words, language=self._language)
        as_of = theme.day_words(policy.made.local_date, self._language)
        yield PageBreak()
        yield from self._part_heading("A", "Appendix A.  People covered, read and signed")
        yield from look.text(
            f"Everybody below has to read {'this draft' if policy.number is None else policy.version_words.lower()} "
            f"and sign. As of {as_of}.",
            look.quiet,
        )
        yield self._people(day)
        yield from self._part_heading("B", "Appendix B.  Checks and rehearsals")
        yield from look.text(f"When each was last done, as of {as_of}.", look.quiet)
        rows = [(label_of(kind), day(done) if done else "not yet") for kind, done in policy.last_done]
        yield from record_parts.table(look, "", ("Check", "Last done"), rows, (0.5, 0.5))
        heading = self._part_heading("C", "Appendix C.  Change log")
        log = [(str(line.number), day(line.adopted), line.change, line.signer) for line in policy.log]
        body = record_parts.table(look, "", ("Version", "Adopted on", "What changed and why", "Signed by"), log, _LOG)
        body = body or look.text("No version was adopted yet.", look.quiet)
        yield layout.Together([*heading, body[0]], head=len(heading))
        yield from body[1:]
        yield from record_parts.addenda_story(
            look, [one for one in policy.addenda if one is not void_of(policy.addenda)]
        )

    def _people(self, day: partial[str]) -> Flowable:
        look, number = self.look, self._policy.number
        cell = theme.restyled(look.body, spaceAfter=0)
        small = theme.restyled(look.quiet, spaceAfter=0)
        rows = []
        for person in (*self._policy.people, *(CoveredPerson("") for _ in range(_SPARE))):
            on = person.read_on(number) if number is not None else None
            rows.append(
                [
                    look.text(person.name or _BY_HAND, cell),
                    look.text(person.role or _BY_HAND, cell),
                    look.text(day(on) if on else _BY_HAND, cell),
                    [*look.text(_BY_HAND, cell), layout.Gap(5)],
                ]
            )
        head = [look.text(Span(words, bold=True), small) for words in ("Name", "Role", "Read on", "Signature")]
        return layout.Grid([look.width * share for share in _PEOPLE], head, rows, padding=5)


_SPARE = 3
"""Lines for people who aren't in the list yet."""

_PEOPLE = (0.27, 0.23, 0.17, 0.33)
_LOG = (0.11, 0.17, 0.47, 0.25)
_NARROWEST, _WIDEST = 12, 20


def _shares(fact: Fact) -> tuple[float, ...]:
    """Of the width, for each column of a table: by its longest cell, within limits."""
    longest = [
        min(max(*(len(row[place]) for row in (fact.head, *fact.rows)), _NARROWEST), _WIDEST)
        for place in range(len(fact.head))
    ]
    return tuple(one / sum(longest) for one in longest)
