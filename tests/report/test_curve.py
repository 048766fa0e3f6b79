"""The specification curve holds whatever a case brings: many ways, great and small numbers, any label."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest

from tests.draw.legible import STRANGE, faults
from tests.judge.estimates import claim, evenly, of, spec
from tumen.case.model import Region
from tumen.draw.drawing import WIDTHS, Drawing
from tumen.judge.verdict import judge
from tumen.report.curve import CountedWay, curve, specification_curve

HOLDS = Region(above=1.0)


def elements(ways: list[CountedWay], width: int = WIDTHS["narrow"], holds: Region = HOLDS) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(curve(ways, holds.bounds, holds, "USD", width)))


def ways(count: int, label: str = "a way") -> list[CountedWay]:
    return [CountedWay(f"{label} {n}", "supported", 1.0 + n, 2.0 + n, 3.0 + n) for n in range(count)]


@pytest.mark.parametrize("count", [1, 12])
def test_each_way_has_its_label_its_interval_and_its_mark(count: int) -> None:
    found = elements(ways(count))
    said = [e.text for e in found if e.tag.endswith("text")]
    assert [f"a way {n}" for n in range(count)] == said[:count]
    assert sum(1 for e in found if e.attrib.get("stroke-width") == "3") == count
    assert sum(1 for e in found if e.tag.endswith("circle")) == count


@pytest.mark.parametrize("label", STRANGE)
@pytest.mark.parametrize("count", [1, 60])
def test_no_label_is_cut_nor_crossed_by_a_line(label: str, count: int) -> None:
    svg = {name: curve(ways(count, label), HOLDS.bounds, HOLDS, "USD", width) for name, width in WIDTHS.items()}
    assert faults(Drawing("A", "b.", svg, (), ())) == []


@pytest.mark.parametrize(("low", "high"), [(1e-9, 1e15), (1e-9, 2e-9), (5e14, 1e15), (0.0, 0.0)])
def test_numbers_of_any_size_stay_inside(low: float, high: float) -> None:
    found = elements([CountedWay("a", "undetermined", low, (low + high) / 2, high)], holds=Region(below=high or 1.0))
    across = [float(e.attrib[n]) for e in found for n in ("x1", "x2", "x") if n in e.attrib]
    assert all(0 <= x <= WIDTHS["narrow"] for x in across)


def test_the_three_outcomes_have_marks_of_their_own() -> None:
    marks = {
        outcome: [
            e.tag.split("}")[-1] + e.attrib.get("d", "")[-12:] for e in elements([CountedWay("a", outcome, 0, 1, 2)])
        ]
        for outcome in ("supported", "contradicted", "undetermined")
    }
    assert len({tuple(m) for m in marks.values()}) == 3


def test_a_verdict_is_drawn_in_both_widths() -> None:
    found = specification_curve(judge(claim(), of(spec(evenly())), {}, dt.date(2024, 1, 1)))
    assert found is not None
    assert set(found.svg) == set(WIDTHS)
    assert found.rows[0][:2] == ("specification only", "50")
    assert "var(--" in found.svg["wide"]
