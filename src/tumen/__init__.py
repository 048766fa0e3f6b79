"""Keep a policy assessment live: measure its claims and say what would overturn them.

What is named here is what programs may rely on; each name is loaded from its module when it is asked for.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tumen.budgets import Budgets
    from tumen.case.load import Case
    from tumen.declaring import Declarations
    from tumen.errors import Problem, ProblemsError
    from tumen.judge.verdict import Verdict
    from tumen.kind import Kind
    from tumen.measure.estimate import Choice, Estimate, Found, Lacking, Measure, Used
    from tumen.measure.setting import Setting
    from tumen.measure.units import Unit
    from tumen.prepare import load_case
    from tumen.record.columns import Column, Figure, Table
    from tumen.record.read import Record
    from tumen.run import BUNDLED, Evaluation, evaluate
    from tumen.version import __version__ as __version__

__all__ = [
    "BUNDLED",
    "Budgets",
    "Case",
    "Choice",
    "Column",
    "Declarations",
    "Estimate",
    "Evaluation",
    "Figure",
    "Found",
    "Kind",
    "Lacking",
    "Measure",
    "Problem",
    "ProblemsError",
    "Record",
    "Setting",
    "Table",
    "Unit",
    "Used",
    "Verdict",
    "evaluate",
    "load_case",
]

#: The module of each name.
_HOMES = {
    "BUNDLED": "tumen.run",
    "Budgets": "tumen.budgets",
    "Case": "tumen.case.load",
    "Choice": "tumen.measure.estimate",
    "Column": "tumen.record.columns",
    "Declarations": "tumen.declaring",
    "Estimate": "tumen.measure.estimate",
    "Evaluation": "tumen.run",
    "Figure": "tumen.record.columns",
    "Found": "tumen.measure.estimate",
    "Kind": "tumen.kind",
    "Lacking": "tumen.measure.estimate",
    "Measure": "tumen.measure.estimate",
    "Problem": "tumen.errors",
    "ProblemsError": "tumen.errors",
    "Record": "tumen.record.read",
    "Setting": "tumen.measure.setting",
    "Table": "tumen.record.columns",
    "Unit": "tumen.measure.units",
    "Used": "tumen.measure.estimate",
    "Verdict": "tumen.judge.verdict",
    "__version__": "tumen.version",
    "evaluate": "tumen.run",
    "load_case": "tumen.prepare",
}

if not TYPE_CHECKING:  # so that a name that is not here is an error to those who check types

    def __getattr__(name):  # noqa: ANN001, ANN202
        """A name of the face, from its module."""
        if name not in _HOMES:
            raise AttributeError(f"module 'tumen' has no attribute '{name}'", name=name)
        return getattr(importlib.import_module(_HOMES[name]), name)

    def __dir__():  # noqa: ANN202
        """The names of the face, for those who look for one."""
        return sorted({*globals(), *_HOMES})
