"""The results as the documentation shows them: the table, a table of families, and a warning on a measure's page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.calibration.catalogue import WITHOUT, family_of
from benchmarks.calibration.results import Results, noise, read, shortfalls, why
from benchmarks.calibration.scoring import Score

DOCS = Path(__file__).parents[2] / "docs"

PAGE = DOCS / "calibration.md"

_TABLE = re.compile(r"(?<=^<!-- table: calibration -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)
_WARNING = re.compile(r"\n## Calibration\n\n<!-- calibration -->\n.*?<!-- end -->\n", re.DOTALL)


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def table(results: Results) -> str:
    """Every row, by measure; then families and what it was made with."""
    by_measure: dict[str, list[Score]] = defaultdict(list)
    for row in results.rows:
        by_measure[row.measure].append(row)
    parts = [section(measure, rows) for measure, rows in by_measure.items()]
    without = [f"- `{measure}`: {reason}" for measure, reason in WITHOUT.items()]
    named = ["### Measures without a row", "\n".join(without)] if without else []
    return "\n\n".join(["### Own worlds, by family", families(results.rows), *parts, *named, made_with(results)])


def section(measure: str, rows: Sequence[Score]) -> str:
    """The rows of one measure."""
    chances = rows[0].coverage is None
    head = ["worlds made so", "worlds"]
    head += ["said", "came", "Brier", "base rate's"] if chances else ["coverage"]
    head += ["sure verdicts", "of them wrong", "why it falls short"]
    lines = [head, ["---"] * len(head), *(_cells(row, chances) for row in rows)]
    return f"### {measure}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cells(row: Score, chances: bool) -> list[str]:
    short = shortfalls(row)
    middle = [_per_cent(row.said), _per_cent(row.came), f"{row.brier:.3f}", f"{row.base:.3f}"] if chances else []
    if not chances:
        middle = [_marked(_per_cent(row.coverage), "coverage" in short)]
    wrong = _marked(_per_cent(row.wrong), "sure verdicts" in short)
    return [row.world, str(row.worlds), *middle, str(row.sure), wrong, why(row)]


def _marked(text: str, short: bool) -> str:
    return f"**{text}**" if short else text


def families(rows: Sequence[Score]) -> str:
    """Coverage of all own worlds of a family together."""
    pooled: dict[str, list[Score]] = defaultdict(list)
    for row in rows:
        family = family_of(row.measure)
        if family and not row.harsh and row.coverage is not None:
            pooled[family].append(row)
    lines = ["| family | own worlds | coverage | standard error |", "| --- | --- | --- | --- |"]
    for family, mine in pooled.items():
        worlds = sum(r.worlds for r in mine)
        held = sum((r.coverage or 0.0) * r.worlds for r in mine) / worlds
        lines.append(f"| {family} | {worlds} | {_per_cent(held)} | {_per_cent(noise(worlds))} |")
    return "\n".join(lines)


def made_with(results: Results) -> str:
    """The versions and the seed."""
    return "Made with " + ", ".join(f"{name} {value}" for name, value in results.made_with.items()) + "."


def warning(measure: str, rows: Sequence[Score]) -> str:
    """What a measure's page says of its calibration."""
    anchor = measure.replace(".", "")
    own = [r for r in rows if not r.harsh]
    said = [_own(own)] if own else []
    said += [f"**It falls short with {r.world}**: {_short(r)}." for r in rows if shortfalls(r)]
    link = f"The whole table, and why: [Calibration](../calibration.md#{anchor})."
    return "\n".join([f"\n## Calibration\n\n<!-- calibration -->\n{' '.join(said[:1])}", *_listed(said[1:]), link]) + (
        "\n<!-- end -->\n"
    )


def _listed(said: Sequence[str]) -> list[str]:
    return ["", *(f"- {line}" for line in said), ""] if said else []


def _own(rows: Sequence[Score]) -> str:
    first = rows[0]
    if first.coverage is None:
        said, came = _per_cent(first.said), _per_cent(first.came)
        return f"In simulated worlds as the measure assumes them, it said {said} per cent on average; {came} came true."
    held = " to ".join(dict.fromkeys(_per_cent(f([r.coverage or 0.0 for r in rows])) for f in (min, max)))
    return (
        f"In simulated worlds as the measure assumes them, its 90 per cent intervals held the truth in {held} per cent."
    )


def _short(row: Score) -> str:
    parts = {
        "coverage": f"its 90 per cent intervals held the truth in {_per_cent(row.coverage)} per cent",
        "sure verdicts": f"of verdicts with P above 0.95 or below 0.05, {_per_cent(row.wrong)} per cent were wrong",
        "Brier score": "its probabilities did worse than always saying how often such things come true",
    }
    return "; ".join(parts[what] for what in shortfalls(row))


def page_of(measure: str) -> Path:
    """The page of a measure."""
    return DOCS / "measures" / f"{measure.replace('.', '-')}.md"


def warned(text: str, measure: str, rows: Sequence[Score]) -> str:
    """A measure's page as it ought to be: with its calibration at the end."""
    return _WARNING.sub("", text).rstrip("\n") + "\n" + warning(measure, rows)


def write_pages() -> None:
    """Write the kept results into the page of calibration and into each measure's page."""
    results = read()
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_TABLE.sub(lambda _: f"\n{table(results)}\n\n", text), encoding="utf-8")
    for measure in dict.fromkeys(row.measure for row in results.rows):
        page = page_of(measure)
        rows = [row for row in results.rows if row.measure == measure]
        page.write_text(warned(page.read_text(encoding="utf-8"), measure, rows), encoding="utf-8")
