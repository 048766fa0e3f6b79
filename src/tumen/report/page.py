"""The report: one page with everything in it, that opens offline and runs no script but its own."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from tumen.counting import counted
from tumen.draw.drawing import Drawing
from tumen.draw.figure import address, figure
from tumen.errors import visible
from tumen.judge.changes import Changes, Turn
from tumen.judge.tipping import TippingPoint
from tumen.judge.verdict import SpecificationVerdict, Verdict
from tumen.kind import Chart, Kinds, Section
from tumen.measure.estimate import AS_LINES, Estimate
from tumen.record.sources import Source
from tumen.report.charts import series
from tumen.report.curve import specification_curve
from tumen.report.names import called
from tumen.report.overview import HOW_TO_READ, anchor, how_it_was, overview
from tumen.report.plain_words import (
    banner,
    beyond,
    capital,
    printed_anew,
    reach,
    region,
    said_before,
    said_of_row,
    table_said,
    tipping_sentence,
    when,
)
from tumen.report.since import let_in_line
from tumen.report.standing import EDITORS_WORDS, by_subject, likely, numbers
from tumen.report.table import headlines, interval, middle, sentences_beside, tipping, ways_and_peers
from tumen.report.tip import tip
from tumen.run import Evaluation


def page(evaluation: Evaluation, ran: dt.date | None = None) -> str:
    """The report of an evaluation as HTML.

    Everything that a case says is escaped and made visible; the page's policy allows no request and no script but the
    one whose hash it names, so that nothing in a stranger's case can come alive. Without scripts all can be read.

    Args:
        ran: the day of the run, where the page is to say it; without it the page is the same on any day.
    """
    environment = _environment(evaluation.kinds)
    script = _own(environment, "page.js")
    drawn = {v.claim.id: drawings(v, evaluation.kinds.charts) for v in evaluation.verdicts if v.estimate}
    sections = [(s, content) for s in _sections(evaluation.kinds) if (content := s.content(evaluation)) is not None]
    return environment.get_template("page.html").render(
        style=_own(environment, "page.css"),
        script=script,
        script_hash=Markup(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()),  # noqa: S704 - base64
        ran=ran,
        **_opening(evaluation),
        groups=_groups(evaluation, drawn),
        parts=[
            {
                "anchor": s.anchor,
                "title": s.title,
                "text": Markup(environment.get_template(f"{s.package}/{s.template}").render(c.values)),  # noqa: S704 - escaped there
            }
            for s, c in sections
        ],
        warnings=evaluation.warnings,
        rejected={t: n for t, n in evaluation.rejected.items() if n},
        inputs=evaluation.inputs,
        versions=evaluation.versions,
        digest=evaluation.digest,
    )


def _own(environment: Environment, name: str) -> Markup:
    """A file of our own that stands in the page as it is."""
    return Markup(environment.loader.get_source(environment, name)[0] if environment.loader else "")  # noqa: S704 - ours


def _opening(evaluation: Evaluation) -> dict[str, Any]:
    """What stands before the claims: what the assessment is, how many hold, what changed, and the picture."""
    counts, header = numbers(evaluation.verdicts), evaluation.case.header
    first = {v.outcome: v.claim.id for mine in reversed(by_subject(evaluation).values()) for v in reversed(mine)}
    return {
        "header": header,
        "present": header.present if len(header.edition) > 1 else None,
        "compiler": header.compiler or (header.present.by if header.present else ""),
        "banner": banner(evaluation),
        "beyond": beyond(evaluation.left_out),
        "printed_anew": printed_anew(evaluation.left_out),
        "since": _since(evaluation.since) if evaluation.since else "",
        "let_in": let_in_line(evaluation.since) if evaluation.since else "",
        "counts": [(name, *said, EDITORS_WORDS[name], first[name]) for name, *said in counts],
        "stands": [EDITORS_WORDS[name] for name, *_ in counts],
        "changed": next((name for name, turn in evaluation.turns.items() if turn.turned), ""),
        "overview": overview(evaluation),
        "how_to_read": HOW_TO_READ,
    }


def _since(changes: Changes) -> str:
    """How many verdicts changed since the edition before, in one sentence."""
    turned = sum(turn.turned for turn in changes.claims)
    title = f" (“{changes.edition.title}”)" if changes.edition.title else ""
    of = counted(len(changes.claims), "verdict")
    return f"Since {changes.as_of}{title} {turned or 'none'} of {of} changed{'; each is marked' if turned else ''}."


def _groups(evaluation: Evaluation, drawn: Mapping[str, Sequence[Drawing]]) -> list[dict[str, Any]]:
    """Claims under their subjects, as the picture has them."""
    turns = evaluation.turns
    return [
        {
            "subject": subject,
            "anchor": anchor(subject),
            "number": len(mine),
            "measured": [
                _claim(v, drawn[v.claim.id], evaluation) | _changed(turns.get(v.claim.id)) for v in mine if v.estimate
            ],
            "planned": [v for v in mine if v.estimate is None],
        }
        for subject, mine in by_subject(evaluation).items()
    ]


def _changed(turn: Turn | None) -> dict[str, Any]:
    return {"changed": how_it_was(turn), "turned": bool(turn and turn.turned)}


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
    environment.globals |= {"capital": capital, "counted": counted, "table_said": table_said}
    return environment


def _shown(value: Any) -> Any:
    """What the page writes of a value: its text made visible, unless it is a piece of the page already."""
    return value if isinstance(value, Markup) else visible(str(value))


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
    depends, names = verdict.outcome == "depends", evaluation.case.header.called
    beside = [*ways_and_peers(verdict)[depends:], *reach(verdict.times), *sentences_beside(verdict)]
    return {
        "verdict": verdict,
        "simulated": evaluation.simulated_behind(estimate.used) if estimate else "",
        "slug": _class(verdict.outcome),
        "stands": EDITORS_WORDS[verdict.outcome],
        "likely": likely(verdict.chance),
        "depends": f"It depends on {' and '.join(verdict.depends_on)}." if depends else "",
        "estimated": f"Estimated {estimate.estimates}" if estimate and estimate.estimates else "Estimate",
        "interval": interval(verdict),
        "headlines": headlines(verdict),
        "when": when(verdict.times),
        "missing": [called(m, names) for m in verdict.missing],
        "beside": [called(line, names) for line in beside],
        "cautions": [called(line, names) for line in evaluation.kinds.cautions(verdict, evaluation)],
        "holds": region(verdict.claim.holds, estimate.unit) if estimate else "",
        "method": estimate.method if estimate else "",
        "caps": verdict.confidence.caps if verdict.confidence else (),
        "binding": verdict.confidence.binding if verdict.confidence else (),
        "specifications": [_way(s, estimate, names) for s in verdict.specifications],
        "drawings": [figure(d) for d in drawn],
        "tip": called(tip(verdict), names),
        "others": [called(line, names) for line in _tips(verdict)],
        "sources": _sources(verdict, evaluation),
    }


def _way(way: SpecificationVerdict, estimate: Estimate | None, names: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows of one way to count."""
    return {
        "label": way.run.label,
        "slug": _class(way.outcome),
        "stands": EDITORS_WORDS[way.outcome],
        "likely": likely(way.chance).removesuffix(" likely") or "—",
        "notes": [called(line, names) for line in (*way.run.missing, *way.run.notes)],
        "median": middle(way, estimate),
    }


def _tips(verdict: Verdict) -> list[str]:
    """What would overturn a claim, a sentence each: what to read first, the rest, and what does not."""
    first = tipping(verdict)
    found = [p for p in first if p.specification is None] + [p for p in first if p.specification is not None]
    others = [p for p in verdict.tipping_points if p.value is not None and p not in first]
    firm = [p for p in verdict.tipping_points if p.crossing == "one half" and p.value is None]
    return _sentences([*found, *others, *firm] if found else [*firm, *others], verdict)


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")


def _sentences(points: list[TippingPoint], verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(capital(tipping_sentence(p, verdict)) for p in points))


def _sources(verdict: Verdict, evaluation: Evaluation) -> list[dict[str, Any]]:
    """Each source with the rows that it gave, best grades first."""
    rows: dict[str, list[str]] = {}
    names = evaluation.case.header.called
    for used in verdict.estimate.used if verdict.estimate else ():
        more = "" if used.rows == 1 else f" (and {counted(used.rows - 1, 'more row')})"
        before = "".join(f"; printed before as {said_before(one, evaluation)}" for one in used.before)
        rows.setdefault(used.source, []).append(
            f"{used.table}/{used.id}{more}: {called(said_of_row(used), names)}{before}"
        )
    found: list[tuple[Source, list[str]]] = [(evaluation.sources[i], r) for i, r in rows.items()]
    return [
        {"source": s, "rows": r, "url": address(s.url)}
        for s, r in sorted(found, key=lambda item: (item[0].grade, item[0].id))
    ]
