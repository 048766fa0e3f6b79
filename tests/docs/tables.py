"""Tables on the pages that are made from the source, so that the two agree.

Such a table stands between the comments `<!-- table: NAME -->` and `<!-- end -->`, so that it can be read where the
page lies. `python -m tests.docs.refresh` writes it anew; a test fails where it is not what the source says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from benchmarks.calibration import pages, results
from benchmarks.system import results as of_systems

from tests.docs import run_object
from tests.docs.years import through_the_years
from tests.tables import TABLES
from tumen.budgets import ITEMS, table_of
from tumen.kinds import kinds
from tumen.measure.setting import CREDIBILITY_FACTOR, RELIABILITY_ERROR, Grading
from tumen.record.columns import Column, Table
from tumen.report.spreadsheet import COLUMNS

_BLOCK = re.compile(r"^<!-- table: ([a-z]+) -->\n(.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)

#: What an author writes in a cell of each type.
_TYPE_WORDS: Mapping[str, str] = {
    "text": "text",
    "date": "date",
    "whole": "whole number",
    "number": "number",
    "money": "amount, to 2 decimals",
    "flag": "true or false",
}


def refreshed(text: str) -> str:
    """A page's text with its tables as the source makes them now."""
    return _BLOCK.sub(lambda block: f"<!-- table: {block[1]} -->\n\n{made(block[1])}\n\n<!-- end -->", text)


def tables_in(text: str) -> list[str]:
    """The names of the tables that a page holds, in their order."""
    return [name for name, _ in _BLOCK.findall(text)]


def made(name: str) -> str:
    """A table as the source makes it now."""
    return GENERATORS[name]()


def record_tables() -> str:
    """Every table of a record: what a row is, and each column."""
    return "\n\n".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    rows = [(f"`{c.name}`", _TYPE_WORDS[c.type], "yes" if c.required else "no", _meaning(c)) for c in table.columns]
    rules = [f"- {rule.expected} (otherwise [{rule.slug}](messages.md#{rule.slug}))" for rule in table.rules]
    parts = [
        f"### {table.name}",
        f"One row is {table.row_is}. Usual coverage: {table.coverage}.",
        _grid(("column", "type", "required", "what it holds"), rows),
    ]
    if rules:
        parts.append("Each row also needs:\n\n" + "\n".join(rules))
    return "\n\n".join(parts)


def _meaning(column: Column) -> str:
    """What a column holds, with the values that it allows."""
    said = [column.meaning]
    if column.allowed:
        said.append("one of " + ", ".join(f"`{value}`" for value in column.allowed))
    if column.minimum is not None:
        said.append(f"at least {column.minimum:g}")
    return "; ".join(said)


def grades() -> str:
    """Relative standard error of a figure, for each pair of grades, in per cent."""
    grading = Grading()
    rows = [
        (f"**{r}**", *(f"{100 * grading.relative_error(r, c):.4g}" for c in CREDIBILITY_FACTOR))
        for r in RELIABILITY_ERROR
    ]
    return _grid(("", *CREDIBILITY_FACTOR), rows)


def reliability() -> str:
    """Relative standard error of each reliability grade."""
    return _grid(
        ("reliability", "relative error"), [(f"**{k}**", f"{100 * v:g} %") for k, v in RELIABILITY_ERROR.items()]
    )


def credibility() -> str:
    """Factor of each credibility grade."""
    return _grid(("credibility", "factor"), [(f"**{k}**", f"× {v:g}") for k, v in CREDIBILITY_FACTOR.items()])


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def budgets() -> str:
    """How much of a case is read."""
    of_kinds = {what: most for part in kinds(others=False).parts for what, most in part.file.most.items()}
    return _grid(
        ("of", "at most", "option"),
        table_of({**ITEMS, **of_kinds}),
    )


def run_objects() -> str:
    """Every object of a run's JSON: what it is, and each field."""
    parts = []
    for name, what, fields in run_object.sections():
        rows = [(f"`{field}`", holds, meaning) for field, holds, meaning in fields]
        parts += [f"### {name}", " ".join(what.split()), _grid(("field", "holds", "meaning"), rows)]
    return "\n\n".join(parts)


def measures() -> str:
    """Every measure of ours: the question that it answers, its page and its unit."""
    found = kinds(others=False).measures.values()
    rows = [(m.question, f"[{m.name}]({m.name.replace('.', '-')}.md)", m.unit.name) for m in found]
    return _grid(("question", "measure", "unit"), rows)


#: What makes each table.
def years() -> str:
    """One claim at the end of each year, as known then and as known now."""
    each = [f"{what}, {known}" for known in ("then", "now") for what in ("verdict", "P", "estimate")]
    return _grid(("as of the end of", *each), through_the_years())


def calibration() -> str:
    """How often the intervals and the sure verdicts of each measure are right in simulated worlds."""
    return pages.table(results.read())


def system() -> str:
    """Where the truth lay among the draws of a fitted system, in histories that it made itself."""
    return of_systems.tables(of_systems.read())


def evidence() -> str:
    """What each column of a run's `evidence.csv` holds."""
    return _grid(("column", "what it holds"), ((f"`{name}`", holds) for name, holds in COLUMNS.items()))


GENERATORS: Mapping[str, Callable[[], str]] = {
    "record": record_tables,
    "run": run_objects,
    "budgets": budgets,
    "measures": measures,
    "grades": grades,
    "reliability": reliability,
    "credibility": credibility,
    "years": years,
    "calibration": calibration,
    "system": system,
    "evidence": evidence,
}
