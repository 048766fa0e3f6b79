"""The labelled pairs of names are told apart as well as the documentation says."""

from __future__ import annotations

from tests.docs.console import DOCS
from tests.reference.ship_name_pairs import by_letters_alone, pairs, score, table
from tumen.sea.sea_levers import IdentityLevers
from tumen.vessels.likeness import likeness

LEAST = IdentityLevers().least_score


def test_the_documentation_has_the_table_that_the_command_prints() -> None:
    assert table(LEAST) in (DOCS / "decisions" / "names-of-ships.md").read_text(encoding="utf-8")


def test_the_set_is_large_and_holds_both_kinds_and_no_pair_twice() -> None:
    found = pairs()
    assert len(found) == len({(pair.one, pair.other) for pair in found}) >= 150
    assert 80 <= sum(pair.same for pair in found) <= len(found) - 80


def test_names_are_told_better_than_by_letters_alone() -> None:
    precision, recall = score(likeness, pairs(), LEAST)
    before, found_before = score(by_letters_alone, pairs(), LEAST)
    assert precision > before
    assert recall > found_before
    assert min(precision, recall) > 0.9


def test_no_ship_of_a_fleet_is_taken_for_another() -> None:
    fleet = [pair for pair in pairs() if pair.kind == "number of a fleet"]
    assert [pair for pair in fleet if likeness(pair.one, pair.other) > 0] == []
