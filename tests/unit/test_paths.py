from pathlib import Path

from safeplan_desktop import paths


def test_records_log_and_settings_lie_in_places_of_their_own_under_the_home_folder(own_home):
    home = Path.home()
    places = (paths.default_vault_folder(), paths.log_folder(), paths.settings_file(), paths.documents_folder())
    assert len(set(places)) == 4
    assert all(place.is_relative_to(home) or str(place).startswith(str(home.parent)) for place in places)


def test_places_bear_the_programs_name_and_none_of_them_is_made_by_asking(own_home):
    for place in (paths.default_vault_folder(), paths.log_folder(), paths.settings_file()):
        assert "SafePlan" in place.parts
        assert not place.exists()
