"""An instrument of ours as a questionnaire with published codes, and its answers in words, in points, out and in."""

from dataclasses import replace

import pytest

from safeplan_desktop.domain.given_answers import (
    MOST_ENTRIES,
    answers_of,
    asked_in,
    given_from,
    highest_of,
    is_answered,
    points_in,
    questionnaire_of,
    result_of,
    unread_of,
    words_of,
)
from safeplan_desktop.domain.instruments import (
    Condition,
    Cutoff,
    Instrument,
    InstrumentKind,
    Item,
    Option,
    Sex,
)
from safeplan_desktop.domain.questionnaires import (
    AnswerOption,
    Code,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ScoreRule,
)
from safeplan_desktop.domain.scoring import Person
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer

LOINC = "http://loinc.org"
OURS = "urn:safeplan-desktop:answers:mood"
OWN = Instrument(
    "mood", "Mood", "", InstrumentKind.SCORE_ENTRY, "", "", "",
    {"often": (Option(0, "Never", "LA1"), Option(1, "Now and then"), Option(2, "Often")), "words": ()},
    (
        Item("1", "Sleep", "often", loinc="11-1"),
        Item("2", "Joy", "often", reverse=True),
        Item("3", "Else", "words", scored=False, ask_when=(Condition("1", 2),)),
    ),
    loinc="44-4",
    loinc_total="55-5",
    total=True,
    cutoffs=(Cutoff("W", "positive for women", 1, "made up", sex=Sex.FEMALE),),
)  # fmt: skip


def given(*answers):
    return InstrumentAnswers("mood", answers)


def test_an_instrument_of_ours_is_a_questionnaire_with_its_labels_points_and_published_codes():
    first = (
        AnswerOption("Never", Code("LA1", LOINC), 0.0),
        AnswerOption("Now and then", Code("1", OURS), 1.0),
        AnswerOption("Often", Code("2", OURS), 2.0),
    )
    turned = (
        AnswerOption("Never", Code("LA1", LOINC), 2.0),
        AnswerOption("Now and then", Code("1", OURS), 1.0),
        AnswerOption("Often", Code("2", OURS), 0.0),
    )
    assert questionnaire_of(OWN) == Questionnaire(
        "Mood",
        (
            Question("1", QuestionType.CHOICE, "Sleep", codes=(Code("11-1", LOINC),), options=first),
            Question("2", QuestionType.CHOICE, "Joy", options=turned),
            Question("3", QuestionType.TEXT, "Else"),
            Question("total", QuestionType.INTEGER, "Total", codes=(Code("55-5", LOINC),), is_total=True),
        ),
        ScoreRule(RuleKind.OWN_RULE, "", total_item="total"),
        codes=(Code("44-4", LOINC),),
    )


@pytest.mark.parametrize("change", [{"total": False}, {"scaled_by": 4}, {"loinc_total": ""}])
def test_a_total_goes_along_only_where_it_is_one_with_a_code_and_on_no_other_scale(change):
    found = questionnaire_of(replace(OWN, **change))
    assert [one.link_id for one in found.questions] == ["1", "2", "3"]
    assert found.scoring == ScoreRule(RuleKind.NONE if "total" in change else RuleKind.OWN_RULE, "")


def test_an_instrument_without_a_code_has_none():
    assert questionnaire_of(replace(OWN, loinc="")).codes == ()


def test_our_answers_go_out_as_codes_and_words_and_come_in_again():
    answers = given(ItemAnswer("1", 2), ItemAnswer("2", 0), ItemAnswer("3", note=" the move "))
    out = answers_of(OWN, answers)
    assert out == {"1": (Code("2", OURS),), "2": (Code("LA1", LOINC),), "3": ("the move",)}
    back, untaken = given_from(OWN, out)
    assert back == given(ItemAnswer("1", 2), ItemAnswer("2", 0), ItemAnswer("3", note="the move"))
    assert untaken == ()
    assert answers_of(OWN, given(ItemAnswer("1", 7), ItemAnswer("2", None), ItemAnswer("3", note=" "))) == {}


def test_what_can_not_be_taken_in_is_named_and_what_is_not_there_is_no_answer():
    back, untaken = given_from(OWN, {"1": (Code("strange", "x"),), "2": (Code("LA1", LOINC), Code("1", OURS))})
    assert back == given(ItemAnswer("1"), ItemAnswer("2"), ItemAnswer("3"))
    assert untaken == (
        "The answer to “Sleep” can't be chosen here and is left out.",
        "The answer to “Joy” can't be chosen here and is left out.",
    )


def test_ours_asks_and_scores_by_its_own_rule():
    assert asked_in(OWN, given(ItemAnswer("1", 1))) == {"1", "2"}
    assert asked_in(OWN, given(ItemAnswer("1", 2))) == {"1", "2", "3"}
    both = given(ItemAnswer("1", 2), ItemAnswer("2", 0))
    assert result_of(OWN, both).total == 4
    assert [one.assumed for one in result_of(OWN, both).cutoffs] == [True]
    assert [one.assumed for one in result_of(OWN, both, Person(sex=Sex.FEMALE)).cutoffs] == [False]
    assert result_of(OWN, both, Person(sex=Sex.MALE)).cutoffs == ()


def test_ours_is_recorded_by_its_values_and_labels():
    joy, words = OWN.item("2"), OWN.item("3")
    assert points_in(OWN, joy, ItemAnswer("2", 2)) == 2
    assert points_in(OWN, joy, ItemAnswer("2")) is None
    assert words_of(OWN, joy, ItemAnswer("2", 2, "since May")) == ("Often", "since May")
    assert words_of(OWN, joy, ItemAnswer("2", 7)) == ("", "")
    assert words_of(OWN, joy, ItemAnswer("2", note="not now")) == ("", "not now")
    assert words_of(OWN, words, ItemAnswer("3", note="the move")) == ("the move", "")


@pytest.mark.parametrize(
    ("answer", "answered"),
    [
        (ItemAnswer("1", 0), True),
        (ItemAnswer("1", given=(0.0,)), True),
        (ItemAnswer("1", note="words"), False),
        (ItemAnswer("1"), False),
    ],
)
def test_chosen_and_typed_answers_are_answers_notes_are_not(answer, answered):
    assert is_answered(answer) is answered


# -- in the words of a file that was brought in for it -------------------------------------------------------------------

WORDED = replace(
    OWN,
    file=Questionnaire(
        "Mood, official",
        (
            Question("a", QuestionType.INTEGER, "How is your sleep?", lowest=0, highest=2),
            Question("b", QuestionType.CHOICE, "Joy?", options=(AnswerOption("No", Code("n"), 2.0),)),
            Question("c", QuestionType.TEXT, "Anything else?"),
            Question("d", QuestionType.DISPLAY, "Thank you"),
        ),
        ScoreRule(RuleKind.OWN_RULE, "", places=(("1", "a"), ("2", "b"))),
    ),
)


def test_a_number_in_the_file_is_an_answer_of_ours():
    assert questionnaire_of(WORDED) is WORDED.file
    assert answers_of(WORDED, given(ItemAnswer("1", 2))) == {"a": (2.0,)}
    assert given_from(WORDED, {"a": (2.0,)})[0].answers[0] == ItemAnswer("1", 2)
    back, untaken = given_from(WORDED, {"a": (9.0,)})
    assert back.answers[0] == ItemAnswer("1")
    assert untaken == ("The answer to “Sleep” can't be chosen here and is left out.",)


def test_answers_that_only_one_of_both_has_are_left_out_and_named():
    assert answers_of(WORDED, given(ItemAnswer("2", 1), ItemAnswer("3", note="the move"))) == {}
    back, untaken = given_from(WORDED, {"c": ("the move",), "d": ("?",), "strange": ("?",), "b": (Code("n"),)})
    assert back == given(ItemAnswer("1"), ItemAnswer("2", 0), ItemAnswer("3"))
    assert untaken == ("“Anything else?” isn't asked here; its answer is left out.",)


# -- one that follows its file ------------------------------------------------------------------------------------------

NAMES = (AnswerOption("No", Code("n"), 0.0), AnswerOption("A bit", Code("b"), 0.5), AnswerOption("Yes", Code("y"), 3.0))
CHOICE = Question("c", QuestionType.CHOICE, "Choice", options=NAMES)
TICKED = Question("t", QuestionType.CHOICE, "Ticked", options=NAMES, repeats=True)
OPEN = Question("o", QuestionType.OPEN_CHOICE, "Open", options=NAMES)
NUMBER = Question("n", QuestionType.INTEGER, "Number", lowest=0, highest=10, unit="days")
DAY = Question("d", QuestionType.DATE, "Day")
WORDS = Question("w", QuestionType.TEXT, "Words")
AGES = Question("a", QuestionType.INTEGER, "Ages", repeats=True, unit="years")
PETS = Question("p", QuestionType.STRING, "Pets", repeats=True)
EVERY = (CHOICE, TICKED, OPEN, NUMBER, DAY, WORDS, AGES, PETS)


def following(*questions, scored=(), total=True):
    rule = ScoreRule(RuleKind.FILE_SUM if scored else RuleKind.NONE, "", scored)
    items = tuple(Item(one.link_id, one.text, one.link_id, scored=one.link_id in scored) for one in questions)
    sets = {
        one.link_id: tuple(Option(place, option.label) for place, option in enumerate(one.options)) for one in questions
    }
    return replace(
        OWN, items=items, option_sets=sets, total=total and bool(scored), file=Questionnaire("File", questions, rule)
    )


@pytest.mark.parametrize(
    ("answer", "words", "note"),
    [
        (ItemAnswer("c", 1, "beside"), "A bit", "beside"),
        (ItemAnswer("c", note="beside"), "", "beside"),
        (ItemAnswer("t", given=(Code("y"), Code("n")), note="beside"), "Yes; No", "beside"),
        (ItemAnswer("o", note="neither"), "neither", ""),
        (ItemAnswer("o", 2), "Yes", ""),
        (ItemAnswer("n", given=(3.0,)), "3 days", ""),
        (ItemAnswer("n", given=(11.0,)), "11 days (outside what the question takes: counts nothing)", ""),
        (ItemAnswer("n", note="three"), "", "three"),
        (ItemAnswer("n", given=(3.0,), note="about"), "3 days", "about"),
        (ItemAnswer("d", given=("2026-03-05",)), "2026-03-05", ""),
        (ItemAnswer("w", note="the move"), "the move", ""),
        (ItemAnswer("w", given=("The Tower",)), "The Tower", ""),
        (ItemAnswer("a", given=(3.0, 4.0)), "3 years; 4 years", ""),
        (ItemAnswer("a", given=(3.0,), note="four\nfive"), "3 years (can't be read: four; five)", ""),
        (ItemAnswer("a", note="four"), "", "four"),
        (ItemAnswer("p", given=("Rex", "Bello")), "Rex; Bello", ""),
        (ItemAnswer("p", given=("Rex",), note="Bello"), "Rex; Bello", ""),
        (ItemAnswer("p", note="Rex"), "Rex", ""),
    ],
)
def test_every_answer_reads_in_words_with_its_unit_and_its_note(answer, words, note):
    instrument = following(*EVERY)
    assert words_of(instrument, instrument.item(answer.item), answer) == (words, note)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (ItemAnswer("c", 2), 3),
        (ItemAnswer("c", 1), None),
        (ItemAnswer("c"), None),
        (ItemAnswer("t", given=(Code("y"), Code("n"))), 3),
        (ItemAnswer("o", 2), 2),
        (ItemAnswer("n", given=(3.0,)), 3),
        (ItemAnswer("n", given=(11.0,)), None),
        (ItemAnswer("a", given=(3.0, 4.0)), 7),
        (ItemAnswer("a", given=(3.0,), note="four"), None),
    ],
)
def test_beside_an_answer_stands_what_it_counts_or_its_place(answer, points):
    instrument = following(*EVERY, scored=("c", "t", "n", "a"))
    assert points_in(instrument, instrument.item(answer.item), answer) == points


def test_without_a_total_the_place_of_an_answer_is_recorded():
    instrument = following(CHOICE, scored=("c",), total=False)
    assert points_in(instrument, instrument.item("c"), ItemAnswer("c", 2)) == 2


@pytest.mark.parametrize(
    ("questions", "scored", "highest"),
    [((CHOICE, NUMBER), ("c", "n"), 13), ((CHOICE, AGES), ("c", "a"), None), ((CHOICE,), (), None)],
)
def test_the_highest_total_is_named_where_there_is_one(questions, scored, highest):
    assert highest_of(following(*questions, scored=scored)) == highest


def test_the_highest_total_of_ours_is_its_own():
    assert highest_of(OWN) == 4
    assert highest_of(replace(OWN, total=False)) is None


def test_what_is_missing_unknown_or_half_read_gives_no_total():
    instrument = following(CHOICE, NUMBER, AGES, scored=("c", "n", "a"))
    whole = (ItemAnswer("c", 2), ItemAnswer("n", given=(1.0,)), ItemAnswer("a", given=(3.0, 4.0)))
    assert (result_of(instrument, given(*whole)).total, result_of(instrument, given(*whole)).complete) == (11, True)
    short = result_of(instrument, given(whole[0], whole[2]))
    assert (short.total, short.missing, short.unknown, short.complete) == (None, ("n",), (), False)
    half = result_of(instrument, given(*whole[:2], ItemAnswer("a", given=(3.0,), note="four")))
    assert (half.total, half.missing, half.unknown) == (None, (), ("a",))
    beyond = result_of(instrument, given(ItemAnswer("n", given=(11.0,)), ItemAnswer("a", given=(3.0,)), whole[0]))
    assert (beyond.total, beyond.unknown) == (None, ("n",))
    uneven = result_of(instrument, given(ItemAnswer("c", 1), *whole[1:]))
    assert (uneven.total, uneven.complete) == (None, True)


def test_an_entry_that_can_not_be_read_stops_only_the_total_that_it_counts_for():
    half = ItemAnswer("a", given=(3.0,), note="four")
    counted = following(CHOICE, AGES, scored=("c",))
    assert result_of(counted, given(ItemAnswer("c", 2), half)).total == 3
    bare = following(CHOICE, AGES, scored=("c", "a"), total=False)
    assert result_of(bare, given(ItemAnswer("c", 2), half)).unknown == ()


def test_only_what_is_typed_as_a_number_a_day_or_a_time_can_be_unread():
    assert unread_of(AGES, ItemAnswer("a", note=" four ")) == "four"
    assert unread_of(DAY, ItemAnswer("d", note="soon")) == "soon"
    for question in (CHOICE, TICKED, OPEN, WORDS, PETS):
        assert unread_of(question, ItemAnswer(question.link_id, note="beside")) == ""


def test_a_note_is_an_answer_only_where_the_question_takes_words():
    instrument = following(*EVERY)
    notes = given(*(ItemAnswer(one.link_id, note="words") for one in EVERY))
    assert answers_of(instrument, notes) == {"o": ("words",), "w": ("words",), "p": ("words",)}
    beside = given(ItemAnswer("o", 2, "words"), ItemAnswer("p", given=("Rex",), note="Bello"))
    assert answers_of(instrument, beside) == {"o": (Code("y"),), "p": ("Rex", "Bello")}


def test_what_comes_in_for_each_kind_is_what_the_wizard_holds():
    instrument = following(*EVERY)
    back, untaken = given_from(
        instrument,
        {
            "c": (Code("y"),), "t": (Code("n"), "words"), "o": ("neither",), "n": (3.0,), "d": ("soon",),
            "w": ("the move",), "a": (3.0, "four", 5.0, "six"), "p": ("Rex", "Bello"),
        },
    )  # fmt: skip
    assert back.answers == (
        ItemAnswer("c", 2),
        ItemAnswer("t", given=(Code("n"),)),
        ItemAnswer("o", note="neither"),
        ItemAnswer("n", given=(3.0,)),
        ItemAnswer("d", note="soon"),
        ItemAnswer("w", note="the move"),
        ItemAnswer("a", given=(3.0, 5.0), note="four\nsix"),
        ItemAnswer("p", given=("Rex", "Bello")),
    )
    assert untaken == ("“Ticked”: 1 of 2 answers can't be taken here; left out.",)


def test_what_has_no_line_of_its_own_is_counted_and_named():
    instrument = following(AGES, PETS, CHOICE)
    answers = {"a": (1.0,) * (MOST_ENTRIES + 2), "p": ("Rex", Code("cat")), "c": (Code("y"), Code("n"))}
    back, untaken = given_from(instrument, answers)
    assert [len(one.given) for one in back.answers] == [MOST_ENTRIES, 1, 0]
    assert untaken == (
        "“Ages”: 2 of 102 answers can't be taken here; left out.",
        "“Pets”: 1 of 2 answers can't be taken here; left out.",
        "The answer to “Choice” can't be chosen here and is left out.",
    )


def test_an_answer_that_the_file_has_and_ours_does_not_is_named():
    more = tuple(AnswerOption(name, Code(name), float(place)) for place, name in enumerate("abcd"))
    rule = ScoreRule(RuleKind.OWN_RULE, "", places=(("1", "a"),))
    worded = replace(OWN, file=Questionnaire("File", (Question("a", QuestionType.CHOICE, "A", options=more),), rule))
    assert given_from(worded, {"a": (Code("c"),)})[0].answers[0] == ItemAnswer("1", 2)
    back, untaken = given_from(worded, {"a": (Code("d"),)})
    assert back.answers[0] == ItemAnswer("1")
    assert untaken == ("The answer to “Sleep” can't be chosen here and is left out.",)


def test_listed_words_are_ticked_and_one_other_answer_stands_beside_them():
    colours = (AnswerOption("Red", "red"), AnswerOption("Blue", "blue"))
    instrument = following(Question("o", QuestionType.OPEN_CHOICE, "Open", options=colours, repeats=True))
    back, untaken = given_from(instrument, {"o": ("blue", "grey", "red")})
    assert back.answers == (ItemAnswer("o", given=("blue", "red"), note="grey"),)
    assert untaken == ()
    assert answers_of(instrument, back) == {"o": ("blue", "red", "grey")}
    assert words_of(instrument, instrument.item("o"), back.answers[0]) == ("Blue; Red", "grey")
