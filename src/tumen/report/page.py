"""The report: one page with everything in it, that opens offline and runs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from tumen.counting import counted
from tumen.draw.drawing import Drawing
from tumen.draw.figure import address, figure
from tumen.errors import Place, Problem, visible
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import Verdict
from tumen.kind import Chart, Kinds, Section
from tumen.measure.estimate import AS_LINES
from tumen.record.sources import Source
from tumen.report.charts import series
from tumen.report.curve import specification_curve
from tumen.report.plain_words import (
    banner,
    beyond,
    capital,
    likelihood,
    printed_anew,
    reach,
    region,
    said_before,
    said_of_row,
    tipping_sentence,
    when,
)
from tumen.report.since import since_lines
from tumen.report.table import headlines, interval, middle, sentences_beside, tipping, ways_and_peers
from tumen.run import Evaluation

_ORDER = ("supported", "contradicted", "depends", "undetermined", "cannot be tested this way", "not measured yet")


def page(evaluation: Evaluation) -> str:
    """The report of an evaluation as HTML; see `report`."""
    return report(evaluation)[0]


def report(evaluation: Evaluation) -> tuple[str, tuple[Problem, ...]]:
    """The report of an evaluation as HTML, and a warning where pictures are missing in it.

    Everything that a case says is escaped and made visible; the page's policy allows no script and no request, so
    that nothing in a stranger's case can come alive.
    """
    environment = _environment(evaluation.kinds)
    style = environment.loader.get_source(environment, "page.css")[0] if environment.loader else ""
    counts: Counter[str] = Counter(v.outcome for v in evaluation.verdicts)
    drawn = {v.claim.id: drawings(v, evaluation.kinds.charts) for v in evaluation.verdicts if v.estimate}
    measured = [_claim(v, drawn[v.claim.id], evaluation) for v in evaluation.verdicts if v.estimate]
    sections = [(s, content) for s in _sections(evaluation.kinds) if (content := s.content(evaluation)) is not None]
    missing = _missing([*chain.from_iterable(drawn.values()), *chain.from_iterable(c.drawings for _, c in sections)])
    text = environment.get_template("page.html").render(
        style=Markup(style),  # noqa: S704 - our own file
        header=evaluation.case.header,
        banner=banner(evaluation),
        beyond=beyond(evaluation.left_out),
        since=since_lines(evaluation.since) if evaluation.since else [],
        printed_anew=printed_anew(evaluation.left_out),
        counts=[(name, counts[name]) for name in _ORDER if counts[name]],
        measured=measured,
        sections=[
            Markup(environment.get_template(f"{s.package}/{s.template}").render(c.values))  # noqa: S704 - escaped there
            for s, c in sections
        ],
        planned=[v for v in evaluation.verdicts if v.estimate is None],
        warnings=[*evaluation.warnings, *missing],
        rejected={t: n for t, n in evaluation.rejected.items() if n},
        inputs=evaluation.inputs,
        versions=evaluation.versions,
        digest=evaluation.digest,
    )
    return text, missing


def _sections(known: Kinds) -> list[Section]:
    """The parts of the page that kinds bring."""
    return [section for kind in known.each for section in kind.sections()]


def _environment(known: Kinds) -> Environment:
    """What renders the page and the sections of kinds, whose templates go by the names of their packages."""
    packages = {section.package for section in _sections(known)}
    loaders = {package: PackageLoader(package, ".") for package in packages}
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("tumen.report", "."), PrefixLoader(loaders)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals |= {"capital": capital, "counted": counted}
    return environment


def _shown(value: Any) -> Any:
    """What the page writes of a value: its text made visible, unless it is a piece of the page already."""
    return value if isinstance(value, Markup) else visible(str(value))


def _missing(found: Sequence[Drawing]) -> tuple[Problem, ...]:
    """One warning for all the pictures that could not be drawn, with the reasons."""
    reasons = Counter(d.missing for d in found if d.missing)
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


def drawings(verdict: Verdict, charts: Mapping[str, Chart]) -> list[Drawing]:
    """The specification curve of a verdict and what is behind it, where there is something to draw.

    Args:
        charts: what draws a series, by its shape; lines are drawn here.
    """
    curve = specification_curve(verdict)
    behind = {AS_LINES: series, **charts}[verdict.estimate.shape](verdict) if verdict.estimate else ()
    return [*([curve] if curve else []), *behind]


def _claim(verdict: Verdict, drawn: Sequence[Drawing], evaluation: Evaluation) -> dict[str, Any]:
    """What the template shows of one claim."""
    estimate = verdict.estimate
    first = tipping(verdict)
    chance = verdict.chance
    return {
        "verdict": verdict,
        "simulated": _simulated(verdict, evaluation),
        "slug": _class(verdict.outcome),
        "likelihood": likelihood(chance),
        "share": round(100 * chance.share, 1) if chance and chance.probability is not None else None,
        "interval": interval(verdict),
        "headlines": headlines(verdict),
        "when": when(verdict.times),
        "beside": [*ways_and_peers(verdict), *reach(verdict.times), *sentences_beside(verdict)],
        "cautions": evaluation.kinds.cautions(verdict, evaluation),
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
                "missing": s.run.missing,
                "notes": s.run.notes,
                "median": middle(s, estimate),
            }
            for s in verdict.specifications
        ],
        "drawings": [figure(d) for d in drawn],
        "tipping": _sentences(first, verdict),
        "firm": _firm(verdict),
        "others": _sentences([p for p in verdict.tipping_points if p.value is not None and p not in first], verdict),
        "sources": _sources(verdict, evaluation),
    }


def _simulated(verdict: Verdict, evaluation: Evaluation) -> str:
    """Simulated raw records on which a verdict of a case of observed data rests in part; empty where it does not."""
    if verdict.estimate is None or evaluation.case.header.simulated:
        return ""
    return evaluation.simulated_records if evaluation.rests_on_simulated(verdict.estimate.used) else ""


def _firm(verdict: Verdict) -> list[str]:
    """Levers of which no value brings the claim to one half."""
    return _sentences([p for p in verdict.tipping_points if p.crossing == "one half" and p.value is None], verdict)


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")


def _sentences(points: list[TippingPoint], verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(capital(tipping_sentence(p, verdict)) for p in points))


def _sources(verdict: Verdict, evaluation: Evaluation) -> list[dict[str, Any]]:
    """Each source with the rows that it gave, best grades first."""
    rows: dict[str, list[str]] = {}
    for used in verdict.estimate.used if verdict.estimate else ():
        more = "" if used.rows == 1 else f" (and {counted(used.rows - 1, 'more row')})"
        before = "".join(f"; printed before as {said_before(one, evaluation)}" for one in used.before)
        rows.setdefault(used.source, []).append(f"{used.table}/{used.id}{more}: {said_of_row(used)}{before}")
    found: list[tuple[Source, list[str]]] = [(evaluation.sources[i], r) for i, r in rows.items()]
    return [
        {"source": s, "rows": r, "url": address(s.url)}
        for s, r in sorted(found, key=lambda item: (item[0].grade, item[0].id))
    ]
