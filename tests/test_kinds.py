"""Kinds of evidence of our own and those that other packages bring."""

from dataclasses import dataclass, replace
from typing import Any

import click
import pytest

from tumen.cli import main
from tumen.errors import KindError
from tumen.kind import COMMAND_NAMES, Kind, RunPart
from tumen.kinds import kinds
from tumen.measure.estimate import Measure
from tumen.measure.units import Unit
from tumen.record.columns import Table

PART = RunPart(form=int, make=lambda _: 1)


@dataclass(frozen=True)
class EntryPoint:
    """Stands in for a package's entry point; what it names is an error where it cannot be loaded."""

    name: str
    named: Any
    value: str = "package.module:KIND"

    def load(self) -> Any:
        if isinstance(self.named, Exception):
            raise self.named
        return self.named


@pytest.fixture
def installed(monkeypatch):
    """Pretend that packages with these entry points are installed."""

    def pretend(*points: EntryPoint) -> None:
        monkeypatch.setattr("tumen.kinds.entry_points", lambda group: points if group == "tumen.kinds" else ())
        kinds.cache_clear()

    yield pretend
    kinds.cache_clear()


def brings(**declared) -> Kind:
    """A kind with modules that declare this."""
    return Kind(name="x", declared=declared)


def ours() -> Measure:
    return kinds(others=False).measures["dependence.share"]


def test_another_package_adds_measures_tables_and_units(installed):
    one, two = (replace(ours(), name=f"other.{n}") for n in ("one", "two"))
    miles = Unit(name="miles", singular="mile", plural="miles")
    marches = Table("marches", "a march", ())
    installed(EntryPoint("x", replace(brings(MEASURES=(one, two), UNITS=(miles,)), tables=(marches,))))
    known = kinds()
    assert {"other.one", "other.two", "dependence.share"} <= set(known.measures)
    assert known.measures["other.two"] is two
    assert (known.units["miles"], known.tables["marches"]) == (miles, marches)
    assert "other.one" not in kinds(others=False).measures


def test_a_package_that_cannot_be_loaded_is_named(installed):
    installed(EntryPoint("broken", ImportError("No module named 'absent'"), "absent.kind:KIND"))
    with pytest.raises(KindError) as caught:
        kinds()
    assert str(caught.value) == (
        "the kind 'broken' of absent.kind:KIND cannot be loaded: No module named 'absent'. "
        "Repair or remove that package. [kind-unloadable]"
    )
    assert isinstance(caught.value.__cause__, ImportError)


def test_a_kind_whose_measures_cannot_be_loaded_is_named(installed):
    class Broken(dict):
        def get(self, name, default=None):
            raise RuntimeError("no such library")

    installed(EntryPoint("broken", Kind(name="broken", declared=Broken())))
    with pytest.raises(KindError, match="cannot be loaded: no such library"):
        kinds()


@pytest.mark.parametrize(
    ("named", "got"),
    [("dependence.share", "str"), (lambda: None, "function"), (({},), "tuple")],
)
def test_an_entry_point_that_is_no_kind_is_named(installed, named, got):
    installed(EntryPoint("odd", named))
    with pytest.raises(KindError) as caught:
        kinds()
    assert str(caught.value) == (
        f"the entry point 'odd' gives {got}; expected a new tumen Kind. "
        "Repair or remove that package. [kind-unloadable]"
    )


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        (Kind(name="trade"), "'trade' of a kind"),
        (brings(MEASURES=(ours(),)), "'dependence.share' of a measure"),
        (Kind(name="x", tables=(Table("votes", "a vote", ()),)), "'votes' of a table"),
        (Kind(name="x", tables=(Table("sources", "a source", ()),)), "'sources' of a table"),
        (brings(UNITS=(Unit(name="barrels"),)), "'barrels' of a unit"),
        (brings(UNITS=(Unit(name="share"),)), "'share' of a unit"),
        (brings(CHARTS=(("lines", lambda _: ()),)), "'lines' of a shape"),
        (Kind(name="x", objects=lambda: {"claims": PART}), "'claims' of a part of the JSON object"),
        (Kind(name="x", objects=lambda: {"findings": PART}), "'findings' of a part of the JSON object"),
        (brings(IMPORTERS=(click.Command("votes"),)), "'votes' of an importer"),
        (brings(DETECTORS=(click.Command("gaps"),)), "'gaps' of a detector"),
        (brings(EXPORTERS=(click.Command("ach"),)), "'ach' of an exporter"),
        (brings(COMMANDS=(click.Command("simulate"),)), "'simulate' of a command"),
        (brings(COMMANDS=(click.Command("run"),)), "'run' of a command"),
    ],
)
def test_a_name_that_is_taken_is_refused(installed, kind, taken):
    installed(EntryPoint("again", kind))
    with pytest.raises(KindError) as caught:
        kinds()
    assert f"the entry point 'again' gives the taken name {taken}; expected" in str(caught.value)


def test_a_kind_that_brings_a_name_twice_is_refused(installed):
    installed(EntryPoint("twice", Kind(name="x", tables=(Table("a", "a row", ()), Table("a", "a row", ())))))
    with pytest.raises(KindError, match="gives the taken name 'a' of a table; expected"):
        kinds()


def test_the_names_that_no_kind_may_give_a_command_are_those_of_the_program():
    assert set(COMMAND_NAMES) == set(main.commands)


def test_every_measure_explains_itself():
    for name, measure in kinds(others=False).measures.items():
        assert measure.name == name
        assert measure.question.endswith("?")
        assert all((measure.method, measure.source, measure.limits, measure.tables or measure.part)), name
        assert measure.unit in kinds().units.values()
        assert measure.series_unit in (None, *kinds().units.values())
        low, high = measure.support
        assert low < high
        for lever in measure.levers:
            assert lever.low < lever.high
            assert lever.tolerance > 0
            assert lever.label
