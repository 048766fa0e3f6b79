"""Which codes ISO 3166 gives to states, and which it leaves to others."""

import pytest

from tumen.record.state_codes import is_state, left_to_users, meant_by


@pytest.mark.parametrize("code", ["PRK", "KGZ", "XKX", "SUN", "YUG"])
def test_codes_of_states_that_are_and_were_or_are_left_to_users_pass(code):
    assert is_state(code) or left_to_users(code)


@pytest.mark.parametrize("code", ["RSU", "EUU", "prk", "G7", "", "WLD", "PK", "BBB"])
def test_other_codes_are_no_states(code):
    assert not is_state(code)
    assert not left_to_users(code)


@pytest.mark.parametrize(
    ("code", "left"), [("AAA", True), ("AAZ", True), ("ABA", False), ("QLZ", False), ("QMA", True)]
)
def test_ranges_left_to_users_end_where_iso_says(code, left):
    assert left_to_users(code) is left


@pytest.mark.parametrize(
    ("code", "known", "told"),
    [
        ("RSU", ["PRK", "RUS"], "Did you mean 'RUS'?"),
        ("Kyrgyzstan", ["PRK"], "Did you mean 'KGZ'?"),
        ("prk", [], "Did you mean 'PRK'?"),
        ("chx", ["CHN"], "Did you mean 'CHN'?"),
    ],
)
def test_what_a_code_may_have_meant(code, known, told):
    assert meant_by(code, known) == told
