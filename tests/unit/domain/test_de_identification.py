"""Promise: no de-identified copy holds a name, number, address, date of birth or code of the record; doubt is shown."""

import datetime as dt
import random
import re
import unicodedata

import pytest
from support.copy_reading import read, stands_in

from safeplan_desktop.domain.checklists import ChecklistAnswers, StepAnswer
from safeplan_desktop.domain.clients import Client, ClientContact, ClientForm, snapshot_of
from safeplan_desktop.domain.de_identification import Deidentifier, Doubt, relative_day
from safeplan_desktop.domain.de_identified_copy import as_text, copy_of, day_zero_of, identities_of, notice, texts_of
from safeplan_desktop.domain.incidents import (
    Action,
    Addendum,
    AddendumKind,
    Consultation,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    Notification,
    Party,
    Person,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    SignedIncident,
)
from safeplan_desktop.domain.known_people import Identity
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, PracticeProfile
from safeplan_desktop.domain.readable_text import digits_of, plain

FIRST = (
    *(
        "Maren",
        "Zoë",
        "Łukasz",
        "Renée",
        "Jörg",
        "Siân",
        "Hope",
        "Will",
        "Mark",
        "Grace",
        "Søren",
        "Đặng",
        "Nguyễn",
        "Ana-María",
    ),
    *(
        "Олена",
        "Ελένη",
        "山田",
        "민지",
        "مريم",
        "अनन्या",
        "D'Arcy",
        "Jean-Luc",
        "Bjørk",
        "Ngozi",
        "Aoife",
        "İbrahim",
        "Xóchitl",
    ),
)
LAST = (
    *(
        "Holt",
        "Müller-Łoś",
        "O'Brien",
        "Weiß",
        "García Márquez",
        "van der Berg",
        "Thị Hồng",
        "Шевченко",
        "Παπαδοπούλου",
        "太郎",
    ),
    *(
        "김",
        "العلي",
        "शर्मा",
        "Rivers",
        "Young",
        "Stone",
        "Nakamura",
        "Okonkwo",
        "Straße",
        "Čapek",
        "Dvořáková",
        "Yılmaz",
    ),
)
STREETS = ("Pearl Street", "Juniper Avenue", "Łąkowa", "Rue Hésiode", "Lindenstraße", "Elm Court", "Calle Olmedo")
TOWNS = ("Denver", "Boulder", "Kraków", "Göttingen", "Ávila", "Leadville")
COMMON = frozenset(
    [
        "the",
        "a",
        "and",
        "at",
        "on",
        "in",
        "to",
        "of",
        "with",
        "she",
        "he",
        "they",
        "was",
        "is",
        "said",
        "called",
        "came",
        "by",
        "asked",
        "then",
        "her",
        "his",
        "from",
        "again",
        "told",
        "also",
        "about",
        "near",
        "after",
        "born",
        "lives",
        "number",
        "phone",
        "will",
        "hope",
        "mark",
        "grace",
        "young",
        "stone",
        "rivers",
        "sister",
        "friend",
        "neighbour",
        "helper",
        "street",
    ]
)
DAY = dt.date(2026, 3, 2)


def _phone(rng: random.Random) -> str:
    return f"+1 {rng.randint(201, 989)} {rng.randint(201, 989)} {rng.randint(1000, 9999)}"


def _grouped(rng: random.Random, phone: str) -> str:
    digits = digits_of(phone)
    area, office, line = digits[1:4], digits[4:7], digits[7:]
    return rng.choice(
        (
            *(
                phone,
                digits,
                f"({area}) {office}-{line}",
                f"{area}.{office}.{line}",
                f"{area}-{office}-{line}",
                f"{office}-{line}",
            ),
            *(
                f"1-{area}-{office}-{line}",
                f"{area} {office[0]} {office[1:]} {line}",
                f"+1{area}{office}{line}",
                f"001 {area} {office} {line}",
            ),
            " ".join(digits),
        )
    )


def _dated(rng: random.Random, day: dt.date) -> str:
    german = (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    )
    return rng.choice(
        (
            *(
                day.isoformat(),
                f"{day:%d.%m.%Y}",
                f"{day:%m/%d/%Y}",
                f"{day:%d/%m/%Y}",
                f"{day.month}/{day.day}/{day:%y}",
            ),
            *(
                f"{day.day} {day:%B %Y}",
                f"{day:%B} {day.day}, {day.year}",
                f"{day:%b} {day.day}th, {day.year}",
                f"{day:%Y%m%d}",
            ),
            *(
                f"{day.day}. {german[day.month - 1]} {day.year}",
                f"{day:%d-%b-%Y}",
                f"{day.year}年{day.month}月{day.day}日",
            ),
        )
    )


def _spelled(rng: random.Random, name: str) -> str:
    """A name as somebody may write it in a hurry."""
    # A lone "van" names nobody; it goes with the rest of the name, or stays the English word that it is.
    parts = [part for part in re.split(r"[\s\-]+", name) if part not in ("van", "der")]
    written = rng.choice(
        (name, name.upper(), rng.choice(parts), parts[0], f"{name}'s", f"{parts[-1]}’s", f"{parts[-1]}, {parts[0]}")
    )
    if rng.random() < 0.2:
        return _odd(rng, rng.choice(parts))
    bare = (
        plain(name)
        if rng.random() < 0.3 and name.isascii() is False and name[0].isalpha() and name.upper() != name.lower()
        else ""
    )
    return bare.title() if bare else written


def _odd(rng: random.Random, name: str) -> str:
    """A name in letters that a search passes over, though a reader doesn't."""
    if not name.isascii():
        return unicodedata.normalize("NFD", name)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    return rng.choice(
        (wide, name[:2] + "\u00ad" + name[2:], name[:1] + "\u200b" + name[1:], " ".join(name), f"{name.lower()}_91")
    )


class _Record:
    """One invented incident in which every field names somebody."""

    def __init__(self, seed: int) -> None:
        rng = self.rng = random.Random(seed)
        self.names = [f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(7)]
        self.phones = [_phone(rng) for _ in range(5)]
        self.street = f"{rng.randint(10, 9999)} {rng.choice(STREETS)}"
        self.town = rng.choice(TOWNS)
        self.address = f"{self.street}, {self.town}"
        self.born = dt.date(rng.randint(1940, 2010), rng.randint(1, 12), rng.randint(1, 28))
        self.reference = f"CT-{rng.randint(10000, 99999)}"
        self.code = f"K-{rng.randint(10, 99)}"
        self.email = f"{plain(self.names[0]).split()[0].replace(chr(39), '')}{rng.randint(1, 99)}@example.org"
        contact = ClientContact("1", self.names[1], "sister", self.phones[1], emergency=True)
        form = ClientForm(
            code=self.code,
            name=self.names[0],
            birth_date=self.born,
            phone=self.phones[0],
            email=self.email,
            address=self.address,
            contacts=(contact, ClientContact("2", self.names[2], "friend", self.phones[2])),
        )
        at = dt.datetime(2026, 3, 2, 20, 0, tzinfo=dt.UTC)
        self.client = Client("c", form, at, at)
        say = self.say
        moment = Moment(at, "America/Denver")
        incident = IncidentForm(
            client_id="c",
            category=IncidentCategory.CLIENT_CRISIS,
            happened_at=at,
            zone="America/Denver",
            place=Place.TELEHEALTH,
            place_note=self.address,
            client_location=self.address,
            people=(Person(self.names[3], f"neighbour of {self.names[0]}", self.phones[3]),),
            antecedent=say(),
            account=say(),
            assessment=say(),
            de_escalation=say(),
            actions=(Action(at, say()), Action(None, say())),
            notifications=(Notification(Party.CRISIS_TEAM, at, self.names[4], say(), self.reference, say(), say()),),
            physical_harm=PhysicalHarm.LOW,
            psychological_harm=PsychologicalHarm.SEVERE,
            injury_note=say(),
            medical_care=say(),
            property_damage=say(),
            outcome=say(),
            transport=say(),
            care_change=say(),
            factors=say(),
            lessons=say(),
            protocol_change=say(),
            follow_ups=(FollowUp(say(), DAY),),
            debrief=say(),
            consultation=Consultation(at, say(), self.names[5], say(), say()),
            checklists=(ChecklistAnswers("w", "Welfare check", (StepAnswer("1", "Why?", say(), at),)),),
        )
        self.incident = SignedIncident(
            "i", "2026-007", snapshot_of(self.client), incident, moment, self.names[6], moment
        )
        self.addenda = (Addendum("a", "i", 1, AddendumKind.CORRECTION, say(), say(), self.names[6], moment),)
        self.profile = PracticeProfile(
            "Juniper Psychotherapy", self.names[6], "PhD", self.phones[4], "hello@example.org"
        )
        self.practice = (EmergencyContact("e", ContactType.CONSULTANT, self.names[5], self.phones[3]),)

    def say(self) -> str:
        rng = self.rng
        name = _spelled(rng, rng.choice(self.names))
        return rng.choice(
            (
                f"Then {name} called from {_grouped(rng, rng.choice(self.phones))}.",
                f"She lives at {self.address.upper() if rng.random() < 0.3 else self.address}; {name} came by.",
                f"He was near {self.street.split(' ', 1)[1]} in {self.town} with {name}.",
                f"{name} was born on {_dated(rng, self.born)}.",
                f"{name}, {rng.randint(90, 104)} years old, was born in {self.born.year}; their IP 10.0.{rng.randint(1, 99)}.7.",
                f"Near {self.street.replace('Street', 'St').replace('Avenue', 'Ave')} at 19:40 with {name}.",
                f"Asked about {self.reference} ({self.code}), told {name}, wrote to {self.email}.",
                f"Also {name} and {_spelled(rng, rng.choice(self.names))} came; number {_grouped(rng, rng.choice(self.phones))}.",
            )
        )

    def copy(self) -> str:
        known = identities_of(self.incident, self.client, (), self.profile, self.practice)
        out = Deidentifier(known, day_zero_of(self.incident), COMMON)
        copy = copy_of(self.incident, self.addenda, out, title="Incident 1", client=self.client)
        text = as_text((copy,), notice(dt.date(2026, 4, 7)))
        assert out.leaks(text.split("\n", 1)[1]) == ()
        return text


def _found(record: _Record, text: str) -> list[str]:
    """What a reader would still find."""
    text = text.split("\n", 1)[1]
    found = []
    for name in (*record.names, record.street, record.town):
        for part in re.split(r"[\s\-]+", name):
            small = read(part)
            if small in COMMON or small in ("van", "der"):
                found += [part] * (re.search(rf"\b{part}\b", text) is not None)
            elif len(small) > 2 or small.upper() == small.lower():
                found += [part] * stands_in(part, text)
    digits = "".join(c if c.isdigit() else " " if c.isalpha() else "" for c in text)
    found += [phone for phone in record.phones if digits_of(phone)[-7:] in digits]
    found += [str(record.born.year)] * (str(record.born.year) in text)
    found += re.findall(r"\b9\d years|\b10\d years|10\.0\.\d+\.7|19:40", text)
    found += [mark for mark in (record.reference, record.code, record.email) if read(mark) in read(text)]
    return found


@pytest.mark.parametrize("block", range(10))
def test_no_copy_of_fifty_holds_a_name_a_number_an_address_or_a_birth_date(block):
    for seed in range(block * 50, block * 50 + 50):
        record = _Record(seed)
        text = record.copy()
        assert not (found := _found(record, text)), (seed, found, text)
        assert "the client" in text


def test_the_reader_of_these_tests_finds_what_is_there():
    record = _Record(1)
    assert len(_found(record, "\n" + "\n".join(texts_of(record.incident, record.addenda)))) > 5


def _out(*identities, kept=()):
    return Deidentifier(identities, DAY, COMMON, kept)


CLIENT = Identity(
    "the client", ("Maren Holt",), ("+1 303 555 0177",), ("1180 Pearl Street, Denver",), ("M-07",), dt.date(1990, 5, 4)
)


@pytest.mark.parametrize(
    ("typed", "copied"),
    [
        ("MAREN called.", "the client called."),
        ("Maren's phone", "the client’s phone"),
        ("Holt, Maren came", "the client came"),
        ("maren holt", "the client"),
        ("Marengo is a town", "[name] is a town"),
        ("from 303.555.0177 or 555 0177", "from [number] or [number]"),
        ("at 23:40 she called 911", "at [night] she called 911"),
        ("on 28 February", "on day -2"),
        ("on 2026-03-05", "on day 3"),
        ("born 4.5.1990", "born [birth date]"),
        ("in June 2027 with Kevin", "in [month] [number] with [name]"),
        ("at 14 Oak Lane, apt. 3", "at [address]"),
        ("at 14 oak street", "at [address]"),
        ("20 minutes on the way to the place", "20 minutes on the way to the place"),
        ("scored 2 out of 10, 3 days ago; 4 may come", "scored 2 out of 10, 3 days ago; 4 may come"),
        ("M. said so", "the client said so"),
        ("Dr. Holt's letter", "the client’s letter"),
        ("she will hope", "she will hope"),
    ],
)
def test_words_of_a_sentence_become_roles(typed, copied):
    assert _out(CLIENT).text(typed) == copied


def test_a_name_that_is_an_ordinary_word_goes_only_where_it_is_written_like_a_name():
    out = _out(Identity("the client", ("Hope Young",)))
    assert out.text("Will she hope? Hope said so, Young called, HOPE came.") == (
        "Will she [name]? the client said so, the client called, the client came."
    )


def test_what_is_doubtful_is_shown_with_its_sentence_and_stays_only_when_it_is_kept():
    text = "She told Kevin at Northside about room 4711."
    doubtful = _out(CLIENT).doubtful((text,))
    assert [(one.text, one.doubt) for one in doubtful] == [
        ("Kevin", Doubt.NAME),
        ("Northside", Doubt.NAME),
        ("4711", Doubt.NUMBER),
    ]
    assert doubtful[0].around == text
    assert _out(CLIENT).text(text) == "She told [name] at [name] about room [number]."
    assert _out(CLIENT, kept={"Northside"}).text(text) == "She told [name] at Northside about room [number]."


def test_a_role_that_was_typed_in_the_field_for_names_stays_a_word():
    assert _out(Identity("person 1", ("sister",))).text("Her sister came") == "Her sister came"


def test_a_finished_copy_is_looked_through_once_more():
    assert _out(CLIENT).leaks("Maren called 303 555 0177 on 4 May 1990") != ()
    assert _out(CLIENT).leaks("the client called on day 0") == ()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "day 0"), (3, "day 3"), (-2, "day -2"), (100, "about 3 months after"), (-800, "about 2 years before")],
)
def test_far_days_are_told_in_months_and_years(days, words):
    assert relative_day(DAY + dt.timedelta(days=days), DAY) == words


def test_a_name_that_is_one_of_the_programs_own_words_stops_no_copy():
    out = Deidentifier([Identity("the client", ("Care Client",))], DAY, COMMON | {"care", "client"})
    assert out.leaks("Kind: Client crisis\nCare: the client was seen") == ()
    assert out.leaks("Kind: Client crisis\nCare: then Client was seen") == ("Client",)


def test_a_number_behind_a_name_is_no_name_by_itself():
    assert _out(Identity("the client", ("Zebulon 6",))).text("zebulon 6 drank 6 of 16") == "the client drank 6 of 16"
