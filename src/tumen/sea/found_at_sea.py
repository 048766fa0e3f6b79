"""What was found at sea, as the page, the JSON object and the walk back to a verdict show it."""

from __future__ import annotations

from tumen.draw.figure import address, figure
from tumen.judge.evaluated import Evaluated
from tumen.kind import Content
from tumen.measure.estimate import Used
from tumen.sea.pair_charts import pair_charts
from tumen.sea.sea_findings import (
    SeaFindings,
    found_at_sea,
    said_match,
)
from tumen.sea.sea_map import sea_map

#: Ships that may be on a list beyond this many are counted, not shown.
MATCHES = 50

#: Files of positions that are named beside a finding; run.json names all.
NAMED_FILES = 3


def sea_content(evaluated: Evaluated) -> Content | None:
    """What the template shows of findings at sea; None where no positions were given."""
    found = found_at_sea(evaluated.findings)
    if found is None:
        return None
    used = frozenset(u.id for u in _used(evaluated, found))
    drawn = sea_map(found, used)
    pairs, left = pair_charts(found, used)
    matches = [(row, said_match(row), evaluated.sources[str(row.list_source)]) for row in found.matches]
    values = {
        "map": figure(drawn) if drawn else None,
        "pairs": [figure(d) for d in pairs],
        "left": left,
        "days": found.days,
        "detectors": found.detectors,
        "more_matches": max(0, len(matches) - MATCHES),
        "matches": [
            {"row": row, "how": how, "source": source, "url": address(source.url)}
            for row, how, source in matches[:MATCHES]
        ],
    }
    return Content(values)


def _used(evaluated: Evaluated, found: SeaFindings) -> list[Used]:
    return [u for v in evaluated.verdicts if v.estimate for u in v.estimate.used if u.source == found.source]


def traces(used: Used, evaluated: Evaluated) -> list[str]:
    """The detector of a finding with its levers, and the files that it looked in."""
    found = found_at_sea(evaluated.findings)
    if found is None or used.source != found.source:
        return []
    name = found.detector(used.table, used.id)
    levers = ", ".join(f"{lever} {value:g}" for lever, value in found.detectors[name].items())
    files = [f"{file} {digest[:12]}" for file, digest in found.inputs.items()]
    more = f" and {len(files) - NAMED_FILES} more" if len(files) > NAMED_FILES else ""
    return [
        *_listings(used, evaluated),
        f"detector {name}: {levers}",
        f"files (SHA-256): {', '.join(files[:NAMED_FILES])}{more}",
    ]


def _listings(used: Used, evaluated: Evaluated) -> list[str]:
    """Where the listings were read of vessels that the ships of a finding may be."""
    found = found_at_sea(evaluated.findings)
    row = next((r for r in found.rows[used.table] if r.id == used.id), None) if found else None
    if found is None or row is None:
        return []
    lines = []
    for mmsi, _ in row.ships:
        for match in found.matched(mmsi, row.start, row.end):
            source = evaluated.sources[str(match.list_source)]
            proof = "; a likeness is no proof" if match.kind == "listed-name" else ""
            lines.append(
                f"MMSI {mmsi}, {said_match(match)}{proof}: designated_vessels/{match.listed} ({match.authority}, "
                f"{match.status}) {source.grade} {source.shown} {source.url}".rstrip()
            )
    return lines
