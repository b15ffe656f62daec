import pytest

from safeplan_desktop.exchange.fhir_steps import Steps, TooManyStepsError


def test_each_part_and_each_element_of_a_list_is_a_step():
    steps = Steps(10)
    steps.take([1])
    steps.take([1, 2, 3])
    steps.take(None)
    assert steps.taken == 6
    steps.take([1, 2, 3])
    with pytest.raises(TooManyStepsError):
        steps.take([])


@pytest.mark.parametrize("found", [[0] * 4_001, ["x" * 20_001], [10**41], [-(10**41)]])
def test_what_grows_too_long_or_too_great_ends_at_once(found):
    with pytest.raises(TooManyStepsError):
        Steps(10**9).take(found)
    Steps(10**9).take([0] * 4_000)
    Steps(10**9).take(["x" * 20_000])
