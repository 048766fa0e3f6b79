"""One evaluation of a case: load, read, measure, judge. Every command that needs verdicts comes here."""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tumen.budgets import USUAL, Budgets
from tumen.case.load import Case
from tumen.case.model import Claim
from tumen.engine.backends import open_engine
from tumen.errors import EngineError, Place, Problem, ProblemsError, listed
from tumen.judge.binding import BoundClaim
from tumen.judge.changes import changes
from tumen.judge.claim_text import filled
from tumen.judge.evaluated import Evaluated
from tumen.judge.reach import FEW_DRAWS, measured
from tumen.judge.verdict import Verdict, judge, not_measured
from tumen.kind import Kinds, Progress
from tumen.measure.estimate import Estimate
from tumen.measure.setting import Setting
from tumen.prepare import Prepared, distinct, joined, on_day, read_whole, setting_of
from tumen.record.findings import Findings
from tumen.record.hashes import sha256
from tumen.record.left_out import BeyondWall
from tumen.record.read import Record
from tumen.record.sources import Source
from tumen.record.table_files import tables_in
from tumen.runs.again import LaidOut, laid_out
from tumen.runs.contents import Input
from tumen.runs.made_of import MadeOf
from tumen.version import __version__

#: The bundled case, a folder like any user's.
BUNDLED = Path(__file__).parent / "cases" / "howell_2024"


@dataclass(frozen=True, kw_only=True)
class Evaluation(Evaluated):
    """A case with its verdicts, and what the run was made of.

    Args:
        inputs: SHA-256 of every file read, by the path shown.
        versions: of everything that the numbers depend on.
        kinds: of evidence that were loaded for it.
        values: what names the values that were read, by the file or the table that holds them.
        kept: the files that a stored run keeps, by the path shown.
        listed: names in the folder of the record's tables.
    """

    inputs: dict[str, str]
    versions: dict[str, str]
    kinds: Kinds = field(repr=False, compare=False)
    values: Mapping[str, str] = field(repr=False)
    kept: Mapping[str, Input] = field(repr=False, compare=False)
    listed: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def digest(self) -> str:
        """What names the run: a hash of what its numbers depend on. That is the values of its case and its record,
        whatever the files look like that hold them, its raw records, its day and its versions.
        """
        raw = {f"raw {name}": " ".join(sorted(files.values())) for name, files in self._raw.items()}
        versions = {f"version {name}": version for name, version in self.versions.items()}
        made_of = {**self.values, **raw, **versions, "as_of": self.case.header.as_of}
        parts = [f"{k}={v}" for k, v in sorted(made_of.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def made_of(self) -> MadeOf:
        """What it takes to evaluate it again."""
        return MadeOf(self.case.header.as_of, self.versions, self.kept, self.listed, self._raw)

    @property
    def _raw(self) -> dict[str, Mapping[str, str]]:
        return {name: found.inputs for name, found in self.findings.items()}


def evaluate(
    folder: Path,
    engine_url: str = "duckdb",
    allowed: Sequence[Path] = (),
    progress: Progress = lambda _: None,
    only: str | None = None,
    raw: Mapping[str, Sequence[Path]] = MappingProxyType({}),
    budgets: Budgets = USUAL,
    plugins: bool | None = None,
    as_of: dt.date | None = None,
    since: bool = False,
) -> Evaluation:
    """Evaluate a case.

    Args:
        folder: the case's folder; or that of a stored run, for what it was made of, with its day.
        engine_url: see `tumen.engine.backends.open_engine`.
        allowed: places outside the folder that the case may read.
        progress: told what is being done.
        only: id of the one claim to evaluate, or the word of a part of the case, such as "hypotheses", for that
            alone; all where None.
        raw: files of raw records, such as "positions", in which detectors look, by the name of the records.
        budgets: how much of the record is read.
        plugins, as_of: as in `prepare`.
        since: whether what changed since the edition before the wall is told, where there was one.

    Raises: ProblemsError with every problem of the case; EngineError where the engine cannot be had.

    Example:
        >>> verdicts = evaluate(BUNDLED, only="china-share-2023").verdicts
        >>> round(verdicts[0].specifications[0].summary.median, 3)
        0.982
    """
    engine = open_engine(engine_url)
    try:
        with laid_out(folder) as laid:
            given = {name: files for name, files in raw.items() if files}
            read = read_whole(laid.folder, engine, allowed, progress, given, budgets, plugins, laid.home, laid.files)

            prepared = on_day(read, as_of or laid.as_of)
            found = _evaluated(prepared, laid, engine_url, progress, only, given)
            if not since:
                return found
            return _since_before(found, lambda day: _known_then(on_day(read, day), engine_url, progress, only, given))
    finally:
        engine.close()


def _since_before(
    evaluation: Evaluation, at: Callable[[dt.date], tuple[Sequence[Verdict], Mapping[str, BeyondWall]]]
) -> Evaluation:
    """An evaluation with what changed since the edition before its wall; as it is where there was none."""
    earlier = evaluation.case.header.editions_before
    if not earlier:
        return evaluation
    verdicts, left_out = at(earlier[-1].as_of)
    since = changes(earlier[-1], verdicts, evaluation.verdicts, left_out, evaluation.left_out)
    return replace(evaluation, since=since)


def _known_then(
    prepared: Prepared, engine_url: str, progress: Progress, only: str | None, given: Mapping[str, Sequence[Path]]
) -> tuple[Sequence[Verdict], Mapping[str, BeyondWall]]:
    """The verdicts of another day, and what does not count on it, with nothing of the case's other parts."""
    case, record, bound = _sound(prepared)
    found, _ = _observed(prepared.kinds, given, case, record, engine_url, progress)
    record, bound = joined(record, bound, found)
    verdicts, _ = _judged(prepared.kinds, case, record, bound, setting_of(case), progress, only, concluding=False)
    return verdicts, _left_out(record)


def _sound(prepared: Prepared) -> tuple[Case, Record, Sequence[BoundClaim]]:
    """A case with its record and its claims. Raises: ProblemsError where something is wrong with it."""
    errors = [p for p in prepared.problems if p.severity == "error"]
    if errors or prepared.case is None or prepared.record is None:
        raise ProblemsError(prepared.problems)
    return prepared.case, prepared.record, prepared.bound


def _evaluated(
    prepared: Prepared,
    laid: LaidOut,
    engine_url: str,
    progress: Progress,
    only: str | None,
    given: Mapping[str, Sequence[Path]],
) -> Evaluation:
    """A case that was loaded and checked, evaluated."""
    (case, record, bound), known = _sound(prepared), prepared.kinds
    hashes = _inputs(case, record)
    found, notes = _observed(known, given, case, record, engine_url, progress)
    record, bound = joined(record, bound, found)
    verdicts, conclusions = _judged(known, case, record, bound, setting_of(case), progress, only)
    protected = _held_by_protected([(v.claim, v.estimate) for v in verdicts], record.shown_sources)
    versions = {
        "tumen": __version__,
        "python": platform.python_version(),
        **_library_versions(),
        **record.engine.versions,
    }
    differs = laid.warnings(versions, {name: one.inputs for name, one in found.items()})
    return Evaluation(
        case=replace(case, folder=laid.home),
        verdicts=verdicts,
        warnings=tuple(listed(distinct([*notes, *prepared.problems, *protected, *differs]))),
        sources=record.shown_sources,
        rejected=record.rejected,
        inputs=dict(sorted({**hashes, **record.hashes}.items())),
        versions=versions,
        kinds=known,
        conclusions=conclusions,
        findings=record.findings,
        left_out=_left_out(record),
        values={**case.values, **{f"table {name}": one for name, one in record.named.items()}},
        kept=laid.inputs or _lie(case, record, hashes),
        listed=tables_in(laid.folder),
    )


def _observed(
    known: Kinds, given: Mapping[str, Sequence[Path]], case: Case, record: Record, engine_url: str, progress: Progress
) -> tuple[dict[str, Findings], list[Problem]]:
    """What detectors find in raw records, by the name of those, and what a reader should know of them."""
    found: dict[str, Findings] = {}
    notes: list[Problem] = []
    for name, files in given.items():
        found[name], more = known.raw[name].observe(files, case, record, engine_url, progress)
        notes += more
    return found, notes


def _left_out(record: Record) -> dict[str, BeyondWall]:
    """What does not count on the case's day, by table or part of the case, or by the name of raw records."""
    raw = {name: BeyondWall(later=found.later) for name, found in record.findings.items()}
    return {name: out for name, out in {**record.left_out, **raw}.items() if out != BeyondWall()}


def _judged(
    known: Kinds,
    case: Case,
    record: Record,
    bound: Sequence[BoundClaim],
    setting: Setting,
    progress: Progress,
    only: str | None,
    concluding: bool = True,
) -> tuple[tuple[Verdict, ...], dict[str, Any]]:
    """The verdicts wanted, and what the case's other parts come to, where that is asked for.

    Claims that such a part rests on are measured first, and those that are about a part once it has their verdicts.
    """
    wanted = {b.claim.id for b in bound if only in (None, b.claim.id)}
    about = {b.claim.id: b.measure.part for b in bound if b.measure and b.measure.part}
    asked = {part for name, part in about.items() if name in wanted}
    parts = [
        part
        for part in known.parts
        if part.file.name in case.parts and (only in (None, part.word) or part.file.name in asked)
    ]
    rests_on = {part.word: sorted(part.claims(case.parts[part.file.name])) for part in parts}
    first = (wanted | {name for names in rests_on.values() for name in names}) - set(about)
    found = {}
    for one in bound:
        if one.claim.id in first:
            progress(one.claim.id)
            found[one.claim.id] = _verdict(one, record, setting)
    chances = {
        word: {name: _ends(found[name]) if name in found else None for name in names}
        for word, names in rests_on.items()
    }
    setting = replace(setting, parts=case.parts, chances={p.file.name: chances[p.word] for p in parts})
    conclusions: dict[str, Any] = {}
    for part in parts if concluding else ():
        progress(f"weighing the {part.word}")
        conclusions[part.word] = part.conclude(case.parts[part.file.name], record, chances[part.word], setting)
    for one in bound:
        if one.claim.id in wanted & set(about):
            found[one.claim.id] = _verdict(one, record, setting)
    concluded = {word: one for word, one in conclusions.items() if one is not None}
    return tuple(found[b.claim.id] for b in bound if b.claim.id in wanted), concluded


def _ends(verdict: Verdict) -> tuple[float, float] | None:
    """The least and the most that the probability of a claim can be; None where it has none."""
    return (verdict.chance.low, verdict.chance.high) if verdict.chance else None


def _verdict(bound: BoundClaim, record: Record, setting: Setting) -> Verdict:
    bound, found = _estimated(bound, record, setting)
    claim = bound.claim.model_copy(update={"text": filled(bound.claim.text, bound.times, setting.as_of)})
    return judge(claim, found, record.shown_sources, setting.as_of, bound.times) if found else not_measured(claim)


def _estimated(bound: BoundClaim, record: Record, setting: Setting) -> tuple[BoundClaim, Estimate | None]:
    """A claim as it was measured, and what was found; None where it has no measure yet."""
    try:
        return measured(bound, record, setting)
    except EngineError as error:
        raise record.redaction.engine_failure(error) from None


def unsupported_but_by_protected(prepared: Prepared) -> list[Problem]:
    """A warning for each claim that rests on protected sources alone.

    Claims are measured to find out which rows carry them; those do not depend on the number of draws, so there are few.
    """
    record = prepared.record
    if record is None or all(s.access == "public" for s in record.sources.values()):
        return []
    hiding = {name for name in record.tables if record.redaction.hides_rows_of(name)}
    bound = [b for b in prepared.bound if b.measure and hiding & set(b.measure.tables)]
    found = roughly(prepared, bound)
    return _held_by_protected([(b.claim, one) for b, one in zip(bound, found, strict=True)], record.shown_sources)


def roughly(prepared: Prepared, bound: Sequence[BoundClaim]) -> list[Estimate | None]:
    """What the measure of each of some claims finds with few draws, which is enough to learn which rows carry it."""
    if prepared.case is None or prepared.record is None:
        return [None] * len(bound)
    setting = replace(setting_of(prepared.case), draws=FEW_DRAWS)
    return [_estimated(one, prepared.record, setting)[1] for one in bound]


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
    """SHA-256 of every file of the case, by the path shown."""
    named = ["case.toml", "claims.toml", *case.parts]
    return {**{name: sha256(case.folder / name) for name in named}, **record.hashes}


def _lie(case: Case, record: Record, hashes: Mapping[str, str]) -> dict[str, Input]:
    """Where each of these files lies."""
    return {shown: Input(record.files.get(shown) or case.folder / shown, one) for shown, one in hashes.items()}


def _library_versions() -> dict[str, str]:
    import numpy

    return {"numpy": numpy.__version__}


__all__ = [
    "BUNDLED",
    "Evaluation",
    "evaluate",
    "roughly",
    "setting_of",
    "unsupported_but_by_protected",
]
