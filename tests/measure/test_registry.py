"""Measures of our own and those that other packages bring."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tumen.errors import MeasurementError
from tumen.measure import registry
from tumen.measure.estimate import Measure


@dataclass(frozen=True)
class EntryPoint:
    """Stands in for a package's entry point; what it names is an error where it cannot be loaded."""

    name: str
    named: Any
    value: str = "package.module:NAME"

    def load(self) -> Any:
        if isinstance(self.named, Exception):
            raise self.named
        return self.named


@pytest.fixture
def installed(monkeypatch):
    """Pretend that packages with these entry points are installed."""

    def pretend(*points: EntryPoint) -> None:
        monkeypatch.setattr(registry, "entry_points", lambda group: points if group == "tumen.measures" else ())
        registry.measures.cache_clear()

    yield pretend
    registry.measures.cache_clear()


def ours() -> Measure:
    return registry.measures()["dependence.share"]


def test_another_package_adds_a_measure_or_several(installed):
    one, two, three = (replace(ours(), name=f"other.{n}") for n in ("one", "two", "three"))
    installed(EntryPoint("single", one), EntryPoint("several", (two, three)))
    known = registry.measures()
    assert {"other.one", "other.two", "other.three", "dependence.share"} <= set(known)
    assert known["other.two"] is two


def test_a_package_that_cannot_be_loaded_is_named(installed):
    installed(EntryPoint("broken", ImportError("No module named 'absent'"), "absent.measure:MEASURE"))
    with pytest.raises(MeasurementError) as caught:
        registry.measures()
    assert str(caught.value) == (
        "the measure 'broken' of absent.measure:MEASURE cannot be loaded: No module named 'absent'. "
        "Repair or remove that package. [measure-unloadable]"
    )
    assert isinstance(caught.value.__cause__, ImportError)


@pytest.mark.parametrize(
    ("named", "got"),
    [("dependence.share", "str"), (lambda: None, "function"), (({},), "dict")],
)
def test_an_entry_point_that_is_no_measure_is_named(installed, named, got):
    installed(EntryPoint("odd", named))
    with pytest.raises(MeasurementError) as caught:
        registry.measures()
    assert str(caught.value) == (
        f"the entry point 'odd' gives {got}; expected a new tumen Measure. "
        "Repair or remove that package. [measure-unloadable]"
    )


def test_a_name_that_is_taken_is_refused(installed):
    taken = ours()
    installed(EntryPoint("again", taken))
    with pytest.raises(MeasurementError, match=r"gives the taken name 'dependence\.share'"):
        registry.measures()


def test_every_measure_explains_itself():
    for name, measure in registry.measures().items():
        assert measure.name == name
        assert measure.question.endswith("?")
        assert all((measure.unit, measure.method, measure.source, measure.limits, measure.tables)), name
        low, high = measure.support
        assert low < high
        for lever in measure.levers:
            assert lever.low < lever.high
            assert lever.tolerance > 0
            assert lever.label
