"""The triangle over time, its dyads and the monitor's alarms."""

import html
import shutil
from dataclasses import replace

import pytest

from tests.draw.legible import STRANGE, faults
from tumen.judge.verdict import SpecificationVerdict, Verdict
from tumen.kinds import kinds
from tumen.report.document import claim, document
from tumen.report.explain import explain
from tumen.report.names import called
from tumen.report.page import drawings, page
from tumen.report.table import notable
from tumen.run import BUNDLED, Evaluation, evaluate
from tumen.triangle.triangle_charts import triangle_drawings

BY_EVENTS = """
[[specification]]
id = "close-by-events"
label = "closeness by cooperative events in the chronology"
options = { evidence = "events" }
"""


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The bundled claim by votes, and by events beside it."""
    case = shutil.copytree(BUNDLED, tmp_path_factory.mktemp("triangle") / "case")
    claims = (case / "claims.toml").read_text(encoding="utf-8")
    both = claims.replace(
        'specifications = ["close-by-votes"]', 'specifications = ["close-by-votes", "close-by-events"]'
    )
    (case / "claims.toml").write_text(both + BY_EVENTS, encoding="utf-8")
    return evaluate(case, only="may-change")


@pytest.fixture(scope="module")
def verdict(evaluation) -> Verdict:
    (found,) = evaluation.verdicts
    assert isinstance(found, Verdict)
    return found


def test_votes_and_events_have_their_own_triangles_and_series(verdict):
    found = drawings(verdict, kinds().charts)
    assert [d.title for d in found] == [
        "Every way to count",
        "The triangle, year by year",
        "How close each dyad is",
        "The triangle, year by year",
        "How close each dyad is",
    ]
    assert "closeness by General Assembly votes alike" in found[1].says
    assert "closeness by cooperative events" in found[3].says


def test_each_year_is_one_triangle_and_one_row(verdict):
    votes = triangle_drawings(verdict)[0]
    years = [str(y) for y in range(2012, 2026)]
    assert [row[0] for row in votes.rows] == years
    for svg in votes.svg.values():
        assert all(f">{year}</text>" in svg for year in years)
        assert svg.count(">CHN</text>") == len(years)


def test_a_year_in_which_a_dyad_was_not_seen_says_so(verdict):
    rows = {row[0]: row for row in triangle_drawings(verdict)[2].rows}
    assert rows["2021"][2:] == ("not seen", "not seen", *["not all three seen"] * 4)


def test_the_sign_of_a_relation_has_a_second_cue_beside_its_colour(verdict):
    svg = triangle_drawings(verdict)[2].svg["wide"]
    assert 'stroke="var(--c1)"' in svg
    assert 'stroke-dasharray="2 3"' in svg


def test_drawings_take_the_pages_colours_and_run_no_script(verdict):
    for drawing in triangle_drawings(verdict):
        for svg in drawing.svg.values():
            assert "<script" not in svg
            assert "#000" not in svg


def test_triangles_and_closeness_are_legible(verdict):
    for drawing in triangle_drawings(verdict):
        assert drawing.svg
        assert faults(drawing) == []


@pytest.mark.parametrize("name", [s for s in STRANGE if s])
def test_whatever_actors_are_called_the_charts_stay_legible(verdict, name):
    for drawing in triangle_drawings(replace(verdict, specifications=(renamed(verdict.specifications[0], name),))):
        assert faults(drawing) == []


def test_corners_of_actors_with_long_names_have_numbers_that_the_legend_explains(verdict):
    svg = triangle_drawings(replace(verdict, specifications=(renamed(verdict.specifications[0], "x" * 12),)))[0].svg
    assert svg["wide"].count(">2</text>") == 14 + 1
    assert svg["wide"].count("x" * 12) == 1


def renamed(one: SpecificationVerdict, name: str) -> SpecificationVerdict:
    """A specification in which North Korea is called otherwise."""

    def other(group: str) -> str:
        return "–".join(sorted(group.replace("PRK", name).split("–")))

    shapes = tuple(
        replace(s, chances={**s.chances, "friendly": {other(d): p for d, p in s.chances["friendly"].items()}})
        for s in one.run.shapes
    )
    series = tuple(replace(p, group=other(p.group)) for p in one.run.series)
    alarms = tuple(replace(a, group=other(a.group)) for a in one.run.alarms)
    return replace(one, run=replace(one.run, shapes=shapes, series=series, alarms=alarms))


def test_an_alarm_is_drawn_where_it_was_signalled_and_told_in_words(verdict):
    (alarm,) = verdict.specifications[0].run.alarms
    triangles, closeness = triangle_drawings(verdict)[:2]
    assert f"Signalled by the monitor (▲): {alarm.group} in {alarm.when}." in triangles.says
    assert triangles.svg["narrow"].count("var(--card)") == 1
    assert f"since {alarm.since}, signalled {alarm.when}" in closeness.svg["wide"]
    assert alarm.says[1:] in closeness.says


def test_alarms_stand_in_the_table_the_page_the_walk_and_the_object(evaluation, verdict):
    (alarm,) = verdict.specifications[0].run.alarms
    assert any(alarm.says in line for line in notable(verdict))
    assert called(alarm.says, evaluation.case.header.called) in html.unescape(page(evaluation))
    assert alarm.says in explain(evaluation)
    kept = document(evaluation)["claims"][0]["specifications"][0]
    assert kept["alarms"][0]["since"] == alarm.since
    assert kept["figures"]["false_alarms"] == pytest.approx(0.05)
    assert kept["forecast"]["until"] == "2026-12-31"
    assert len(kept["shapes"]) == 14


def test_the_walk_gives_every_year_with_interval_type_and_order(evaluation):
    (line,) = [x for x in explain(evaluation).splitlines() if x.startswith("  2012: ")]
    assert "CHN–PRK 0.75 (0.66 to 0.82)" in line
    assert "ménage à trois" in line


def test_excess_and_rank_stand_in_the_table_the_page_the_walk_and_the_object():
    found = evaluate(BUNDLED, only="three-bilaterals-votes")
    (verdict,) = found.verdicts
    run = verdict.specifications[0].run
    rank = next(n for n in run.notes if n.startswith("rank "))
    assert any("these have +0.29" in note for note in notable(verdict))
    assert called(rank, found.case.header.called) in page(found)
    assert rank in explain(found)
    figures = claim(verdict, found).specifications[0].figures
    assert f"rank {figures['rank']} of {figures['triads']}" in rank
    least, excess, greatest = (float(figures[name] or 0) for name in ("room_least", "excess", "room_greatest"))
    assert least < excess < greatest < 0.05
    assert figures["excess"] == pytest.approx(0.0029, abs=5e-5)
    assert run.untestable
