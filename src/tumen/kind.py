"""What a kind of evidence brings, and all kinds together; the spine asks these and knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from tumen.record.columns import Table
from tumen.record.schema import SOURCES

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import click

    from tumen.case.load import Case, CaseFile
    from tumen.draw.drawing import Drawing
    from tumen.errors import Problem
    from tumen.judge.binding import BoundClaim
    from tumen.judge.evaluated import Evaluated
    from tumen.judge.verdict import Verdict
    from tumen.measure.estimate import Measure, SpecificationRun, Used
    from tumen.measure.setting import Setting
    from tumen.measure.units import Unit
    from tumen.record.findings import Findings
    from tumen.record.left_out import BeyondWall
    from tumen.record.read import Record

#: Commands that the command line has whatever kinds there are.
COMMAND_NAMES = (
    *("check", "detect", "explain", "export", "identities", "import"),
    *("measures", "new", "new-edition", "run", "runs"),
)

#: Told what is being done.
Progress = Callable[[str], None]

#: Draws what is behind an estimate; nothing where there is too little.
Chart = Callable[["Verdict"], "Sequence[Drawing]"]

#: Commands that a kind adds to a group of the command line.
Commands = tuple["click.Command", ...]


@dataclass(frozen=True)
class Checked:
    """A case that was read, for a kind to check.

    Args:
        record: as it was known by the case's day.
        whole: all of it.
        sound: whether the tables of the record can be asked.
    """

    case: Case
    record: Record
    whole: Record
    bound: tuple[BoundClaim, ...]
    sound: bool


@dataclass(frozen=True, kw_only=True)
class CasePart:
    """A file of a case beside its claims, from which a conclusion is drawn once the claims are measured.

    Args:
        file: which, and how it is read; all else takes what it gave.
        word: stands for the part where the id of a claim is asked for; the conclusion's key in the JSON object.
        claims: ids of the claims whose verdicts it rests on.
        dated: ids of the sources that it dates.
        behind_wall: what of it had happened and was known by a day, on the record as it was known then.
        conclude: what it comes to, on the record and the least and the most that the probability of each of those
            claims can be; None where there is nothing to conclude.
        explain: the conclusion walked back, as text.
    """

    file: CaseFile
    word: str
    claims: Callable[[Any], Collection[str]]
    dated: Callable[[Any], Collection[str]]
    behind_wall: Callable[[Any, Record, dt.date], tuple[Any, BeyondWall]]
    conclude: Callable[[Any, Record, Mapping[str, tuple[float, float] | None], Setting], Any]
    explain: Callable[[Evaluated], str]


@dataclass(frozen=True, kw_only=True)
class RawRecords:
    """Raw records that are given beside a case, in which detectors look.

    Args:
        name: of the option that gives them, and what a way to count needs where it needs them.
        help: of that option.
        observe: what is found in some files for a case with its record, and what a reader should know; by an
            engine's address.
    """

    name: str
    help: str
    observe: Callable[[Sequence[Path], Case, Record, str, Progress], tuple[Findings, tuple[Problem, ...]]]


@dataclass(frozen=True)
class Content:
    """What a part of the page shows.

    Args:
        values: what its template is given.
    """

    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the page.

    Args:
        package: where its template lies.
        template: file of the template; it may use what `figure.html` defines.
        anchor, title: the id of its article and its heading, by which the contents lead to it.
        content: what it shows, or None where there is nothing to show.
    """

    package: str
    template: str
    anchor: str
    title: str
    content: Callable[[Evaluated], Content | None]


@dataclass(frozen=True, kw_only=True)
class RunPart:
    """A part of the JSON object of a run.

    Args:
        form: its type, such as a frozen dataclass, by which it is written and its schema made; `Annotated` with a
            pydantic `Field` it says what it holds.
        make: what it holds for a case with its verdicts, of that type.
    """

    form: Any
    make: Callable[[Evaluated], Any]


def _nothing() -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of evidence. What is heavy to load is loaded when it is asked for.

    Args:
        name: of the kind.
        subject: heading under which a reader finds the claims that its measures are for.
        tables: that a record can have.
        checks: give everything that is wrong with a case, beside what its tables' own rules say.
        parts: files of the case that it reads.
        raw: records that are given beside a case.
        declared: what its modules declare, by the names that `tumen.declaring` knows.
        sections: parts of the page.
        objects: parts of the JSON object, by their keys.
        cautions: what must be read before a verdict's probability, as sentences.
        traces: what stands behind a row that was used, as lines.
        readings: what a run says of its times, as lines.
    """

    name: str
    subject: str = "Others"
    tables: tuple[Table, ...] = ()
    checks: Callable[[], tuple[Callable[[Checked], Iterable[Problem]], ...]] = _nothing
    parts: Callable[[], tuple[CasePart, ...]] = _nothing
    raw: RawRecords | None = None
    declared: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    sections: Callable[[], tuple[Section, ...]] = _nothing
    objects: Callable[[], Mapping[str, RunPart]] = dict
    cautions: Callable[[Verdict, Evaluated], Sequence[str]] = lambda *_: ()
    traces: Callable[[Used, Evaluated], Sequence[str]] = lambda *_: ()
    readings: Callable[[SpecificationRun], Sequence[str]] = lambda *_: ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What can be measured."""
        return tuple(self.declared.get("MEASURES", ()))

    @property
    def units(self) -> tuple[Unit, ...]:
        """Units in which its measures count."""
        return tuple(self.declared.get("UNITS", ()))

    @property
    def charts(self) -> tuple[tuple[str, Chart], ...]:
        """Shapes of series, each with what draws it."""
        return tuple(self.declared.get("CHARTS", ()))

    @property
    def importers(self) -> Commands:
        """Commands of the group `import`."""
        return tuple(self.declared.get("IMPORTERS", ()))

    @property
    def detectors(self) -> Commands:
        """Commands of the group `detect`."""
        return tuple(self.declared.get("DETECTORS", ()))

    @property
    def exporters(self) -> Commands:
        """Commands of the group `export`."""
        return tuple(self.declared.get("EXPORTERS", ()))

    @property
    def commands(self) -> Commands:
        """Commands that stand alone."""
        return tuple(self.declared.get("COMMANDS", ()))


@dataclass(frozen=True)
class Kinds:
    """All kinds of evidence together.

    Args:
        each: in the order in which they are shown.
    """

    each: tuple[Kind, ...] = field(default=())

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every table that a record can have, by name; the sources come first."""
        return {t.name: t for t in (SOURCES, *chain.from_iterable(k.tables for k in self.each))}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure, by name."""
        return {m.name: m for k in self.each for m in k.measures}

    @cached_property
    def subjects(self) -> Mapping[str, str]:
        """The heading of the claims of each measure, by its name, in the order in which headings are shown."""
        return {m.name: k.subject for k in self.each for m in k.measures}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every unit of a measure, by name."""
        from tumen.measure.units import UNITS

        return {u.name: u for u in (*UNITS, *chain.from_iterable(k.units for k in self.each))}

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """What draws a series, by its shape."""
        return {shape: chart for k in self.each for shape, chart in k.charts}

    @property
    def objects(self) -> Mapping[str, RunPart]:
        """What kinds add to the JSON object of a run, by key."""
        return {key: part for k in self.each for key, part in k.objects().items()}

    @cached_property
    def parts(self) -> tuple[CasePart, ...]:
        """The files that a case may have beside its claims."""
        return tuple(part for k in self.each for part in k.parts())

    @property
    def files(self) -> tuple[CaseFile, ...]:
        """Those files, as a case is read."""
        return tuple(part.file for part in self.parts)

    @property
    def raw(self) -> Mapping[str, RawRecords]:
        """The raw records that may be given beside a case, by name."""
        return {k.raw.name: k.raw for k in self.each if k.raw}

    def problems(self, checked: Checked) -> list[Problem]:
        """Everything that kinds find wrong with a case."""
        return [p for k in self.each for check in k.checks() for p in check(checked)]

    def cautions(self, verdict: Verdict, evaluated: Evaluated) -> list[str]:
        """What must be read before a verdict's probability."""
        return [line for k in self.each for line in k.cautions(verdict, evaluated)]

    def traces(self, used: Used, evaluated: Evaluated) -> list[str]:
        """What stands behind a row that was used."""
        return [line for k in self.each for line in k.traces(used, evaluated)]

    def readings(self, run: SpecificationRun) -> list[str]:
        """What a run says of its times."""
        return [line for k in self.each for line in k.readings(run)]
