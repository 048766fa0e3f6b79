"""Ways to count are all paths through a claim's decisions, and what two of them set alike is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.judge.estimates import claim
from tumen.budgets import WAYS
from tumen.case.model import Decision, SpecificationChoice
from tumen.judge.ways import WAY, ways_of


def decision(name: str, *options: str, key: str | None = None) -> Decision:
    """A decision whose options set one option of the measure, called after it, to their own names."""
    each = [{"id": o, "label": f"label of {o}", "options": {key or name: o}} for o in options]
    return Decision.model_validate({"id": name, "label": f"whether {name}", "option": each})


def spec(name: str, **options: Any) -> SpecificationChoice:
    return SpecificationChoice(id=name, label=f"label of {name}", options=options)


TWO = {d.id: d for d in (decision("first", "a", "b"), decision("second", "x", "y"))}


def test_a_claim_without_any_has_one_way_with_the_options_that_it_gives():
    (way,), problems = ways_of(claim(options={"publisher": "p"}), {}, {})
    assert problems == []
    assert (way.id, dict(way.options), way.path) == ("default", {"publisher": "p"}, ())


def test_each_specification_is_an_option_of_one_decision():
    found, _ = ways_of(claim(specifications=("p", "q")), {"p": spec("p", of="P"), "q": spec("q", of="Q")}, {})
    assert [(w.id, w.label, dict(w.options)) for w in found] == [
        ("p", "label of p", {"of": "P"}),
        ("q", "label of q", {"of": "Q"}),
    ]
    assert [[t.decision for t in w.path] for w in found] == [[WAY], [WAY]]


def test_decisions_are_crossed_in_their_order_and_share_the_claims_options():
    found, _ = ways_of(claim(decisions=("first", "second"), options={"publisher": "p"}), {}, TWO)
    assert [w.id for w in found] == ["a+x", "a+y", "b+x", "b+y"]
    assert found[1].label == "label of a; label of y"
    assert dict(found[1].options) == {"publisher": "p", "first": "a", "second": "y"}
    assert [(t.question, t.answer) for t in found[3].path] == [
        ("whether first", "label of b"),
        ("whether second", "label of y"),
    ]


def test_specifications_and_decisions_are_crossed_too():
    found, _ = ways_of(claim(specifications=("p",), decisions=("first",)), {"p": spec("p")}, TWO)
    assert [w.id for w in found] == ["p+a", "p+b"]


@pytest.mark.parametrize("own", [{"first": "c"}, {}])
def test_what_is_set_in_two_places_is_told(own):
    both = {**TWO, "again": decision("again", "m", "n", key="first")}
    ways, problems = ways_of(claim(decisions=("first", "again"), options=own), {}, both)
    assert ways == []
    assert {p.slug for p in problems} == {"option-twice"}
    assert "option 'first' of claim 'c'" in problems[0].got


def test_a_way_needs_all_that_its_options_need():
    needy = SpecificationChoice(id="seen", label="seen at sea", needs="positions")
    found, _ = ways_of(claim(specifications=("seen",), decisions=("first",)), {"seen": needy}, TWO)
    assert [w.needs for w in found] == [{"positions"}, {"positions"}]


def test_too_many_ways_are_told_and_none_is_made():
    many = {f"d{n}": decision(f"d{n}", *"abcdef") for n in range(3)}
    ways, problems = ways_of(claim(decisions=tuple(many)), {}, many)
    assert ways == []
    assert [(p.slug, p.got) for p in problems] == [("over-budget", "216 ways to count of claim 'c'")]
    assert WAYS < 216
