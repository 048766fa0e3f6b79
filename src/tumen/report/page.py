"""The report: one page with everything in it, that opens offline and runs no script."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tumen.counting import counted
from tumen.draw.drawing import Drawing
from tumen.errors import Place, Problem, visible
from tumen.explanations.hypothesis_charts import hypothesis_drawings
from tumen.explanations.sentences import cautions, leader_after, looking, percent, question, resting, summary, weighs
from tumen.explanations.weighing import Weighed
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Verdict
from tumen.record.sources import Source
from tumen.report.charts import series, specification_curve
from tumen.report.table import beside, interval, middle
from tumen.report.words import banner, capital, likelihood, region, tipping_sentence, told
from tumen.run import Evaluation
from tumen.sea.findings import said_match
from tumen.triangle.triangle_charts import triangle_drawings
from tumen.words.word_charts import words_and_deeds

#: Ships that may be on a list beyond this many are counted, not shown.
MATCHES = 50

_ORDER = ("supported", "contradicted", "undetermined", "not measured yet")


def page(evaluation: Evaluation) -> str:
    """The report of an evaluation as HTML; see `report`."""
    return report(evaluation)[0]


def report(evaluation: Evaluation) -> tuple[str, tuple[Problem, ...]]:
    """The report of an evaluation as HTML, and a warning where pictures are missing in it.

    Everything that a case says is escaped and made visible; the page's policy allows no script and no request, so
    that nothing in a stranger's case can come alive.
    """
    environment = Environment(
        loader=PackageLoader("tumen.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    style = environment.loader.get_source(environment, "page.css")[0] if environment.loader else ""
    counts: Counter[str] = Counter(v.outcome for v in evaluation.verdicts)
    measured = [_claim(v, evaluation) for v in evaluation.verdicts if v.estimate]
    sea, rivals = _sea(evaluation), _rivals(evaluation)
    missing = _missing(_all_drawings(measured, sea, rivals))
    text = environment.get_template("page.html").render(
        capital=capital,
        counted=counted,
        style=Markup(style),  # noqa: S704 - our own file
        header=evaluation.case.header,
        banner=banner(evaluation.case.header.simulated, evaluation.simulated),
        sea=sea,
        counts=[(name, counts[name]) for name in _ORDER if counts[name]],
        measured=measured,
        planned=[v for v in evaluation.verdicts if v.estimate is None],
        rivals=rivals,
        warnings=[*evaluation.warnings, *missing],
        rejected={t: n for t, n in evaluation.rejected.items() if n},
        inputs=evaluation.inputs,
        versions=evaluation.versions,
        digest=evaluation.digest,
    )
    return text, missing


def _shown(value: Any) -> Any:
    """What the page writes of a value: its text made visible, unless it is a piece of the page already."""
    return value if isinstance(value, Markup) else visible(str(value))


def _all_drawings(
    measured: list[dict[str, Any]], sea: dict[str, Any] | None, rivals: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Every drawing of the page."""
    found = [drawing for item in measured for drawing in item["drawings"]]
    if sea:
        found += [*([sea["map"]] if sea["map"] else []), *sea["pairs"]]
    return [*found, *(rivals["drawings"] if rivals else [])]


def _missing(found: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """One warning for all the pictures that could not be drawn, with the reasons."""
    reasons = Counter(d["missing"] for d in found if d["missing"])
    if not reasons:
        return ()
    why = "; ".join(f"{reason}: {number}" for reason, number in reasons.items())
    return (
        Problem(
            Place("report.html"),
            got=f"{reasons.total()} of {counted(len(found), 'picture')} missing ({why})",
            expected="every picture drawn",
            fix="Tables stand in their place, and verdicts are as they were; give the run more memory, or run it "
            "again.",
            slug="picture-missing",
            severity="warning",
        ),
    )


def address(url: str) -> str:
    """A link's target: an address of the web, or nothing.

    Example:
        >>> address("https://un.org/x"), address("javascript:alert(1)")
        ('https://un.org/x', '')
    """
    return url if re.match(r"^https?://[^\s\"'<>]+$", url) else ""


def drawings(verdict: Verdict) -> list[Drawing]:
    """The specification curve of a verdict and the series behind it, where there is something to draw."""
    triangles = triangle_drawings(verdict)
    if triangles:
        return [d for d in (specification_curve(verdict), *triangles) if d is not None]
    behind = words_and_deeds if verdict.claim.measure == "stance.gap" else series
    return [d for d in (specification_curve(verdict), behind(verdict)) if d is not None]


def _claim(verdict: Verdict, evaluation: Evaluation) -> dict[str, Any]:
    """What the template shows of one claim."""
    estimate = verdict.estimate
    halves = [p for p in verdict.tipping_points if p.crossing == "one half"]
    chance = verdict.chance
    return {
        "verdict": verdict,
        "simulated": bool(estimate) and evaluation.rests_on_simulated(estimate.used) if estimate else False,
        "slug": _class(verdict.outcome),
        "likelihood": likelihood(chance),
        "share": round(100 * chance.share, 1) if chance and chance.probability is not None else None,
        "interval": interval(verdict),
        "beside": beside(verdict),
        "cautions": cautions(verdict, evaluation.hypotheses),
        "holds": region(verdict.claim.holds, estimate.unit) if estimate else "",
        "method": estimate.method if estimate else "",
        "caps": verdict.confidence.caps if verdict.confidence else (),
        "binding": verdict.confidence.binding if verdict.confidence else (),
        "specifications": [
            {
                "label": s.run.label,
                "outcome": s.outcome,
                "slug": _class(s.outcome),
                "likelihood": likelihood(s.chance),
                "weight": f"{s.run.weight:.2f}",
                "missing": s.run.missing,
                "notes": s.run.notes,
                "median": middle(s, estimate),
            }
            for s in verdict.specifications
        ],
        "drawings": [_drawing(d) for d in drawings(verdict)],
        "tipping": _sentences([p for p in halves if p.value is not None and p.lever != "weight"], verdict),
        "weights": _sentences([p for p in halves if p.value is not None and p.lever == "weight"], verdict),
        "firm": _sentences([p for p in halves if p.value is None and p.lever != "weight"], verdict),
        "others": _sentences(
            [p for p in verdict.tipping_points if p.crossing != "one half" and p.value is not None], verdict
        ),
        "sources": _sources(verdict, evaluation),
    }


def _sea(evaluation: Evaluation) -> dict[str, Any] | None:
    """What the template shows of findings at sea."""
    found = evaluation.findings
    if found is None:
        return None
    from tumen.sea.pair_charts import pair_charts
    from tumen.sea.sea_map import sea_map

    rows = [u for v in evaluation.verdicts if v.estimate for u in v.estimate.used if u.source == found.source]
    used = frozenset(u.id for u in rows)
    drawn = sea_map(found, used)
    pairs, left = pair_charts(found, used)
    matches = [(row, said_match(row), evaluation.sources[row["list_source"]]) for row in found.matches]
    return {
        "map": _drawing(drawn) if drawn else None,
        "pairs": [_drawing(d) for d in pairs],
        "left": left,
        "days": found.days,
        "detectors": found.detectors,
        "more_matches": max(0, len(matches) - MATCHES),
        "matches": [
            {"row": row, "how": how, "source": source, "url": _link(source)} for row, how, source in matches[:MATCHES]
        ],
    }


def _rivals(evaluation: Evaluation) -> dict[str, Any] | None:
    """What the template shows of the rival explanations."""
    weighed = evaluation.hypotheses
    if weighed is None:
        return None
    return {
        "summary": summary(weighed),
        "resting": resting(weighed),
        "looking": looking(weighed),
        "question": question(weighed),
        "standings": [
            {
                "standing": s,
                "posterior": percent(s.posterior),
                "prior": percent(s.prior),
                "share": round(100 * s.posterior, 1),
                "holders": [(one.who, _link(evaluation.sources[one.source])) for one in s.held_by],
            }
            for s in weighed.ranking
        ],
        "telling": _telling(weighed, evaluation),
        "drawings": [_drawing(d) for d in hypothesis_drawings(weighed)],
        "sources": _evidence(weighed, evaluation),
    }


def _evidence(weighed: Weighed, evaluation: Evaluation) -> list[dict[str, Any]]:
    """Each item with its source, in order of date."""
    found = []
    for reading in weighed.readings:
        source = evaluation.sources.get(reading.item.evidence.source)
        found.append({"item": reading.item, "counted": weighs(reading), "source": source, "url": _link(source)})
    return found


def _telling(weighed: Weighed, evaluation: Evaluation) -> list[dict[str, Any]]:
    """The declared observables, or the five further observations that would tell most."""
    found = []
    for one in [t for t in weighed.telling if t.to_come] or weighed.telling[:5]:
        source = evaluation.sources.get(one.source)
        found.append(
            {
                "telling": one,
                "seen": percent(one.seen),
                "share": percent(one.share),
                "source": source,
                "url": _link(source),
                "if_seen": leader_after(one.if_seen, weighed),
                "if_not": leader_after(one.if_not, weighed),
            }
        )
    return found


def _link(source: Source | None) -> str:
    return address(source.url) if source else ""


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")


def _drawing(drawing: Drawing) -> dict[str, Any]:
    return {
        "title": drawing.title,
        "says": drawing.says,
        "columns": drawing.columns,
        "rows": drawing.rows,
        "missing": drawing.missing,
        "svg": {name: Markup(text) for name, text in drawing.svg.items()},  # noqa: S704 - the renderer escapes its text
    }


def _sentences(points: list[TippingPoint], verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(capital(tipping_sentence(p, verdict)) for p in points))


def _sources(verdict: Verdict, evaluation: Evaluation) -> list[dict[str, Any]]:
    """Each source with the rows that it gave, best grades first."""
    rows: dict[str, list[str]] = {}
    for used in verdict.estimate.used if verdict.estimate else ():
        more = "" if used.rows == 1 else f" (and {counted(used.rows - 1, 'more row')})"
        rows.setdefault(used.source, []).append(f"{used.table}/{used.id}{more}: {told(used)}")
    found: list[tuple[Source, list[str]]] = [(evaluation.sources[i], r) for i, r in rows.items()]
    return [
        {"source": s, "rows": r, "url": address(s.url)}
        for s, r in sorted(found, key=lambda item: (item[0].grade, item[0].id))
    ]
