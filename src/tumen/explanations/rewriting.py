"""hypotheses.toml written anew where a matrix changed it, with everything else, comments too, as it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tumen.explanations.ach_reading import MatrixRow, as_declared, same
from tumen.explanations.declared import Hypotheses


def rewritten(text: str, found: Hypotheses, before: Hypotheses | None, rows: Sequence[MatrixRow]) -> str:
    """The file's text with a matrix put in.

    Args:
        text: the file as it stands; "" where the case has none.
        found: the rival explanations as they will be.
        before: as they are; None where the case has none.
        rows: the matrix.

    Returns: TOML. Items that the matrix repeats unchanged keep their lines to the letter.
    """
    import tomlkit

    document = tomlkit.parse(text)
    if before is None:
        document["hypothesis"] = _tables([{"id": h.id, "label": h.label, "text": h.text} for h in found.hypotheses])
    known = {item.id: item for item in before.evidence} if before else {}
    tables = {str(table["id"]): table for table in document.get("evidence", [])}
    new: list[dict[str, Any]] = []
    for row in rows:
        item = known.get(row.id)
        declared = as_declared(row, item)
        if item is None:
            new.append(declared)
            continue
        table = tables[row.id]
        for key, value in declared.items():
            if key not in ("scores", "likelihood") and value != getattr(item, key):
                table[key] = value
        if not same(row, item):
            for kind in ("scores", "likelihood"):
                table.pop(kind, None)
            for kind, cells in row.expects.items():
                table[kind] = _inline(cells)
    if new and "evidence" in document:
        for table in _tables(new):
            document["evidence"].append(table)
    elif new:
        document["evidence"] = _tables(new)
    return tomlkit.dumps(document)


def rewritten_matrix(text: str, coder: str, rows: Sequence[MatrixRow]) -> str:
    """The file's text with the scores of a further coder put in; other coders' stay as they stand.

    Args:
        rows: what the coder scored.
    """
    import tomlkit

    document = tomlkit.parse(text)
    table = next((one for one in document.get("matrix", []) if one["coder"] == coder), None)
    if table is None:
        table = tomlkit.table()
        table["coder"] = coder
        if "matrix" not in document:
            document["matrix"] = tomlkit.aot()
        document["matrix"].append(table)
        table = document["matrix"][-1]
    for row in (r for r in rows if r.cells):
        for kind in ("scores", "likelihood"):
            if kind in table:
                table[kind].pop(row.id, None)
        for kind, cells in row.expects.items():
            if kind not in table:
                table[kind] = tomlkit.table()
            table[kind][row.id] = _inline(cells)
    return tomlkit.dumps(document)


def _tables(parts: Sequence[Mapping[str, Any]]) -> Any:
    """Parts as an array of tables, with an empty line after each."""
    import tomlkit

    array = tomlkit.aot()
    for part in parts:
        table = tomlkit.table()
        for key, value in part.items():
            table[key] = _inline(value) if isinstance(value, dict) else value
        table.add(tomlkit.nl())
        array.append(table)
    return array


def _inline(cells: Mapping[str, Any]) -> Any:
    """Scores or ranges on one line."""
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update({name: list(cell) if isinstance(cell, tuple) else cell for name, cell in cells.items()})
    return inline
