"""Which state a member is, where a table has its code, its name, or both."""

from __future__ import annotations

import pytest

from tumen.votes.members import Members, NamedMember, members_of


def named(*pairs: tuple[str | None, str | None]) -> Members:
    return members_of([NamedMember(f"{name} ({code})", code, name, 2) for code, name in pairs])


@pytest.mark.parametrize(
    ("code", "name", "state"),
    [
        ("MM", "Myanmar (Burma)", "MMR"),
        ("MM", "a spelling that nobody knows", "MMR"),
        ("mm", None, "MMR"),
        ("ST", "São Tomé & Príncipe", "STP"),
        ("DD", "German Democratic Republic", "DDR"),
        ("CS", "Czechoslovakia", "CSK"),
        ("NA", "Namibia", "NAM"),
        ("NA", "Zanzibar", None),
        ("NA", None, None),
        (None, "St. Lucia", "LCA"),
        ("710", "China", "CHN"),
        ("710.0", None, "CHN"),
        ("CHN", None, "CHN"),
        ("XQZ", None, None),
        ("QQ", "Cuba", "CUB"),
    ],
)
def test_code_says_who_a_member_is_and_its_name_where_the_code_says_nothing(
    code: str | None, name: str | None, state: str | None
) -> None:
    found = named((code, name))
    assert list(found.states.values()) == [state]
    assert list(found.strange.values()) == ([2] if state is None else [])


def test_three_letters_are_of_iso_only_where_every_name_beside_them_agrees() -> None:
    strange = ("AUS", "Osterreich und so")
    assert list(named(("CHN", "China"), strange).states.values()) == ["CHN", "AUS"]
    assert list(named(("CHN", "China"), ("AUL", "Australia"), strange).states.values()) == ["CHN", "AUS", None]
    assert list(named(strange).states.values()) == [None]


def test_code_that_says_another_state_than_the_name_is_told() -> None:
    found = named(("365", "Soviet Union"), ("MM", "Burma"), ("CN", "Taiwan"))
    assert found.overruled == {"Soviet Union (365)": "RUS", "Taiwan (CN)": "CHN"}
