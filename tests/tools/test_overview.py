"""The picture in README and the documentation shows the bundled case as it is judged now."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from tumen.report.overview import rows
from tumen.run import BUNDLED, evaluate

PICTURE = Path(__file__).parents[2] / "docs" / "overview.svg"
SVG = "{http://www.w3.org/2000/svg}"


def texts() -> list[str]:
    """What stands in the picture, in order, each text with its lines joined."""
    root = ElementTree.fromstring(PICTURE.read_text(encoding="utf-8"))
    return [" ".join(line.text or "" for line in text.iter(f"{SVG}tspan")) for text in root.iter(f"{SVG}text")]


def test_the_picture_says_every_claim_and_how_likely_it_is_as_a_run_does() -> None:
    evaluation = evaluate(BUNDLED, since=True)
    shown = iter(texts())
    told = [row for mine in rows(evaluation).values() for row in mine]
    assert sorted(row.text for row in told) == sorted(" ".join(v.claim.text.split()) for v in evaluation.verdicts)
    for row in told:
        wanted = [row.text, row.stands, " ".join(part for part in (row.likely, row.changed) if part)]
        for text in (text for text in wanted if text):
            assert text in shown, f"{row.claim}: the picture lacks “{text}”; run: make picture"
