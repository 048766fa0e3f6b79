"""A what-if told: sentences first, then a table, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from tumen.system.in_words import move_title
from tumen.system.theory import System
from tumen.system.whatif import NOTICED, Probable, Prospect, WhatIf

#: What stands under every answer.
CAUTION = (
    "This is what the declared system does, not what will happen: it holds if its actors, aims and effects do. Ranges "
    "are the central 90 per cent of its draws."
)


#: What stands over every answer of a case whose whatif_rows nobody observed.
SIMULATED_SYSTEM = "SIMULATED DATA: nothing here was observed."


def sentences(found: WhatIf, system: System, names: Mapping[str, str]) -> list[str]:
    """What follows, a sentence for each move that would change, the largest change first.

    Args:
        names: of actors, by their codes.
    """
    if_so = f"If {_set(found, system, names)} from {found.change.since or found.periods[0]} on"
    told = []
    for one in found.noticed:
        rests = f"{found.carried[one.move].aim}: {_line(found.carried[one.move].says)}"
        told.append(
            f"{if_so}, {_subject(one.move, names)} would be ‘{one.level}’ in {one.period} with probability "
            f"{_range(one.with_it)} in place of {one.without.mean:.2f}; it rests most on {rests}."
        )
    if not told:
        told = [f"{if_so}, no other move would change by {NOTICED:.2f} or more by {found.periods[-1]}."]
    return told


def _set(found: WhatIf, system: System, names: Mapping[str, str]) -> str:
    moves = [f"{_subject(name, names)} were ‘{level}’" for name, level in found.change.levels.items()]
    says = {driver.id: driver.says for driver in system.drivers}
    drivers = [f"{name} ({_line(says[name])}) stood at {value:g}" for name, value in found.change.drivers.items()]
    return " and ".join([*moves, *drivers])


def _subject(move: str, names: Mapping[str, str]) -> str:
    return _line(move_title(move, names))


def _line(text: str) -> str:
    """A text on one line: what a case says may hold several."""
    return " ".join(text.split())


def _range(chance: Probable) -> str:
    return f"{chance.mean:.2f} ({chance.low:.2f} to {chance.high:.2f})"


HEADINGS = ("move", "level", "period", "as things go", "90 per cent", "if so", "90 per cent", "change")


def whatif_rows(found: WhatIf, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A row for each level of each move in each period."""
    return [
        (
            _subject(one.move, names),
            one.level,
            one.period,
            f"{one.without.mean:.2f}",
            f"{one.without.low:.2f} to {one.without.high:.2f}",
            "set" if one.forced else f"{one.with_it.mean:.2f}",
            "" if one.forced else f"{one.with_it.low:.2f} to {one.with_it.high:.2f}",
            "" if one.forced else f"{one.change:+.2f}",
        )
        for one in found.prospects
    ]


def as_text(found: WhatIf, system: System, names: Mapping[str, str], simulated: bool = False) -> str:
    """Sentences, and a table under them."""
    banner = [SIMULATED_SYSTEM] if simulated else []
    table = [HEADINGS, *whatif_rows(found, names)]
    widths = [max(len(row[n]) for row in table) for n in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([*banner, *sentences(found, system, names), "", *lines, "", CAUTION])


def as_object(found: WhatIf, system: System, names: Mapping[str, str], simulated: bool = False) -> dict[str, Any]:
    """The same for a program."""
    return {
        "simulated": simulated,
        "set": {"moves": dict(found.change.levels), "drivers": dict(found.change.drivers), "since": found.change.since},
        "periods": list(found.periods),
        "sentences": sentences(found, system, names),
        "rests_on": {move: carried.aim for move, carried in found.carried.items()},
        "prospects": [_prospect(one) for one in found.prospects],
        "caution": CAUTION,
    }


def _prospect(one: Prospect) -> dict[str, Any]:
    return {
        "move": one.move,
        "level": one.level,
        "period": one.period,
        "as_things_go": vars(one.without),
        "if_so": vars(one.with_it),
        "forced": one.forced,
    }


def as_html(found: WhatIf, system: System, names: Mapping[str, str], title: str, simulated: bool = False) -> str:
    """The same as a page of its own, in which nothing is live."""
    banner = f"<p><strong>{SIMULATED_SYSTEM}</strong></p>" if simulated else ""
    said = banner + "".join(f"<p>{escape(one)}</p>" for one in sentences(found, system, names))
    head = "".join(f"<th>{escape(one)}</th>" for one in HEADINGS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>What if: {escape(title)}</title><style>{_STYLE}</style></head><body><h1>What if</h1>"
        f"<p>{escape(title)}</p>{said}<table><thead><tr>{head}</tr></thead><tbody>{_body(whatif_rows(found, names))}"
        f"</tbody></table><p>{escape(CAUTION)}</p></body></html>"
    )


_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}table{border-collapse:collapse;display:block;overflow-x:auto}td,th{text-align:left;padding:.2rem "
    ".6rem;border-bottom:1px solid #8886}"
)


def _body(table: Sequence[Sequence[str]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table)
