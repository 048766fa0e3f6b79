"""One evaluation of a case: load, read, measure, judge. Every command that needs verdicts comes here."""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tumen import __version__
from tumen.budgets import USUAL, Budgets
from tumen.case.load import Case
from tumen.case.model import CaseHeader, Claim
from tumen.engine.backends import open_engine
from tumen.errors import EngineError, Place, Problem, ProblemsError, listed
from tumen.explanations.declared import ABOUT_HYPOTHESES, Holder, Hypotheses
from tumen.explanations.declared import FILE as HYPOTHESES
from tumen.explanations.posterior import Inputs, with_inputs
from tumen.explanations.weighing import Weighed, weigh
from tumen.judge.binding import Bound
from tumen.judge.verdict import Verdict, judge, not_measured
from tumen.measure.estimate import Estimate, Used
from tumen.measure.measuring import estimate
from tumen.measure.setting import CREDIBILITY_FACTOR, RELIABILITY_ERROR, Grading, Setting
from tumen.prepare import Prepared, Progress, distinct, joined, prepare
from tumen.record import redaction
from tumen.record.read import Record
from tumen.record.schema import TABLES
from tumen.record.sources import Source
from tumen.sea.findings import Findings
from tumen.sea.levers import case_levers

#: The bundled case, a folder like any user's.
BUNDLED = Path(__file__).parent / "cases" / "howell_2024"

#: Stands for the rival explanations where the id of a claim is asked for.
ONLY_HYPOTHESES = "hypotheses"

#: Draws where nothing but the rows behind a claim is asked for.
_FEW_DRAWS = 100


@dataclass(frozen=True)
class Evaluation:
    """A case with its verdicts.

    Args:
        warnings: what was left out or looks odd; errors stop an evaluation.
        sources: as outputs may show them, by the ids under which they are shown.
        rejected: rows left out because a cell could not be read, by table.
        inputs: SHA-256 of every file read, by the path shown.
        versions: of everything that the numbers depend on.
        hypotheses: the rival explanations weighed, where the case has any.
        findings: what detectors found in vessel positions, where such were given.
    """

    case: Case
    verdicts: tuple[Verdict, ...]
    warnings: tuple[Problem, ...]
    sources: Mapping[str, Source]
    rejected: Mapping[str, int]
    inputs: dict[str, str]
    versions: dict[str, str]
    hypotheses: Weighed | None = None
    findings: Findings | None = None

    @property
    def simulated(self) -> bool:
        """Whether anything that the run rests on is simulated."""
        return self.case.header.simulated or (self.findings is not None and self.findings.simulated)

    def rests_on_simulated(self, used: Iterable[Used]) -> bool:
        """Whether any of some rows is simulated."""
        found = self.findings
        simulated = found.source if found and found.simulated else None
        return self.case.header.simulated or any(u.source == simulated for u in used)

    @property
    def digest(self) -> str:
        """What names the run: a hash of its inputs and versions."""
        parts = [f"{k}={v}" for k, v in sorted({**self.inputs, **self.versions}.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _observed(
    header: CaseHeader, record: Record, positions: Sequence[Path], engine_url: str, progress: Progress
) -> tuple[Findings, tuple[Problem, ...]]:
    """What detectors find in positions, and what a reader should know of them."""
    from tumen.sea.observing import observe
    from tumen.vessels.known import known_of

    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    known = known_of(record, header.focal)
    return observe(positions, known, engine_url, now, progress, case_levers(header.detectors))


def evaluate(
    folder: Path,
    engine_url: str = "duckdb",
    allowed: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    only: str | None = None,
    positions: Sequence[Path] = (),
    budgets: Budgets = USUAL,
    plugins: bool | None = None,
) -> Evaluation:
    """Evaluate a case.

    Args:
        folder: the case's folder.
        engine_url: see `tumen.engine.backends.open_engine`.
        allowed: places outside the folder that the case may read.
        progress: told what is being done.
        only: id of the one claim to evaluate, or "hypotheses" for the rival explanations alone; all where None.
        positions: files of vessel positions, in which detectors look for encounters and calls.
        budgets: how much of the record is read.
        plugins: as in `prepare`.

    Raises: ProblemsError with every problem of the case; EngineError where the engine cannot be had.

    Example:
        >>> verdicts = evaluate(BUNDLED, only="china-share-2023").verdicts
        >>> round(verdicts[0].specifications[0].summary.median, 3)
        0.983
    """
    engine = open_engine(engine_url)
    try:
        given = ["positions"] if positions else []
        prepared = prepare(folder, engine, allowed, progress, given, budgets, plugins)
        errors = [p for p in prepared.problems if p.severity == "error"]
        if errors or prepared.case is None or prepared.record is None:
            raise ProblemsError(prepared.problems)
        case, record, bound = prepared.case, prepared.record, prepared.bound
        notes: tuple[Problem, ...] = ()
        if positions:
            findings, notes = _observed(case.header, record, positions, engine_url, progress)
            record, bound = joined(case, record, bound, findings)
        sources = _shown(record)
        verdicts, weighed = _judged(case, record, bound, setting_of(case), progress, only)
        warnings = distinct(
            [*notes, *prepared.problems, *_held_by_protected([(v.claim, v.estimate) for v in verdicts], sources)]
        )
        return Evaluation(
            case,
            verdicts,
            tuple(listed(warnings)),
            sources,
            record.rejected,
            _inputs(case, record),
            {"tumen": __version__, "python": platform.python_version(), **_library_versions(), **engine.versions},
            weighed,
            record.findings,
        )
    finally:
        engine.close()


def setting_of(case: Case) -> Setting:
    """Draws, seed, date and grades of a case."""
    grades = case.header.grades
    grading = Grading({**RELIABILITY_ERROR, **grades.reliability}, {**CREDIBILITY_FACTOR, **grades.credibility})
    return Setting(case.header.draws, case.header.seed, case.header.as_of, grading)


def _judged(
    case: Case, record: Record, bound: Sequence[Bound], setting: Setting, progress: Progress, only: str | None
) -> tuple[tuple[Verdict, ...], Weighed | None]:
    """The verdicts wanted, and the hypotheses weighed; claims that evidence rests on come first."""
    wanted = {b.claim.id for b in bound if only in (None, b.claim.id)}
    about = {b.claim.id for b in bound if b.claim.measure == ABOUT_HYPOTHESES}
    weighing = case.hypotheses is not None and (only in (None, ONLY_HYPOTHESES) or bool(wanted & about))
    rests_on = {e.claim for e in case.hypotheses.evidence if e.claim} if weighing and case.hypotheses else set()
    found: dict[str, Verdict] = {}
    for one in bound:
        if one.claim.id in (wanted | rests_on) - about:
            progress(one.claim.id)
            found[one.claim.id] = _verdict(one, record, setting)
    chances = {name: found[name].probability if name in found else None for name in sorted(rests_on)}
    weighed = None
    if weighing and case.hypotheses and case.hypotheses.evidence:
        progress("weighing the hypotheses")
        weighed = weigh(_with_shown_sources(case.hypotheses, record), _shown(record), chances, setting)
    for one in bound:
        if one.claim.id in wanted & about:
            found[one.claim.id] = _verdict(one, record, setting, Inputs(case.hypotheses, chances))
    return tuple(found[b.claim.id] for b in bound if b.claim.id in wanted), weighed


def _verdict(bound: Bound, record: Record, setting: Setting, inputs: Inputs | None = None) -> Verdict:
    found = _estimated(bound, record, setting, inputs)
    return judge(bound.claim, found, _shown(record), setting.as_of) if found else not_measured(bound.claim)


def _estimated(bound: Bound, record: Record, setting: Setting, inputs: Inputs | None = None) -> Estimate | None:
    """What a claim's measure finds; None where it has none yet."""
    if bound.measure is None or bound.arguments is None:
        return None
    measure = with_inputs(bound.measure, inputs) if inputs else bound.measure
    try:
        return estimate(measure, record, bound.arguments, bound.choices, setting, bound.levers)
    except EngineError as error:
        raise record.redaction.engine_failure(error) from None


def _with_shown_sources(found: Hypotheses, record: Record) -> Hypotheses:
    """The rival explanations with each source under the id that outputs show, and nobody named whom a protected one
    names.
    """

    def source(name: str) -> dict[str, str]:
        return {"source": record.sources[name].id}

    evidence = [e.model_copy(update=source(e.source)) if e.source else e for e in found.evidence]
    observables = [o.model_copy(update=source(o.source)) if o.source else o for o in found.observables]
    hypotheses = [
        h.model_copy(
            update={
                "held_by": tuple(
                    Holder(who=redaction.holder(one.who, record.sources[one.source]), **source(one.source))
                    for one in h.held_by
                )
            }
        )
        for h in found.hypotheses
    ]
    return replace(found, hypotheses=tuple(hypotheses), evidence=tuple(evidence), observables=tuple(observables))


def _shown(record: Record) -> dict[str, Source]:
    """Sources by the ids under which outputs show them."""
    return {source.id: source for source in record.sources.values()}


def unsupported_but_by_protected(prepared: Prepared) -> list[Problem]:
    """A warning for each claim that rests on protected sources alone.

    Claims are measured to find out which rows carry them; those do not depend on the number of draws, so there are few.
    """
    case, record = prepared.case, prepared.record
    if case is None or record is None or all(s.access == "public" for s in record.sources.values()):
        return []
    setting = replace(setting_of(case), draws=_FEW_DRAWS)
    hiding = {name for name in TABLES if record.redaction.hides_rows_of(name)}
    bound = [b for b in prepared.bound if b.measure and hiding & set(b.measure.tables)]
    return _held_by_protected([(b.claim, _estimated(b, record, setting)) for b in bound], _shown(record))


def _held_by_protected(
    measured: Sequence[tuple[Claim, Estimate | None]], sources: Mapping[str, Source]
) -> list[Problem]:
    return [
        Problem(
            Place(claim.file, claim.line("id")),
            got=f"claim '{claim.id}', which protected sources alone support",
            expected="one public source at least",
            fix="Find one; a reader cannot check the claim.",
            slug="only-protected-support",
            severity="warning",
        )
        for claim, estimate in measured
        if estimate and estimate.used and all(sources[u.source].access != "public" for u in estimate.used)
    ]


def _inputs(case: Case, record: Record) -> dict[str, str]:
    named = ["case.toml", "claims.toml", *([HYPOTHESES] if case.hypotheses else [])]
    texts = {n: hashlib.sha256((case.folder / n).read_bytes()).hexdigest() for n in named}
    return dict(sorted({**texts, **record.hashes}.items()))


def _library_versions() -> dict[str, str]:
    import numpy

    return {"numpy": numpy.__version__}


__all__ = [
    "BUNDLED",
    "ONLY_HYPOTHESES",
    "Evaluation",
    "evaluate",
    "setting_of",
    "unsupported_but_by_protected",
]
