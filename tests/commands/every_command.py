"""Every command that writes, on small inputs of its own: what several tests about writing run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import DEFAULTS
from tests.events.reports import icews, icews_file

RIVALS = """\
[[hypothesis]]
id = "wary"
label = "wary"
text = "It is wary."

[[hypothesis]]
id = "content"
label = "content"
text = "It is content."

[[evidence]]
id = "treaty"
date = 2024-06-20
text = "It welcomed the treaty."
source = "book"
scores = { wary = -1, content = 2 }
"""

MATRIX = "evidence,date,text,source,wary,content\ntreaty,2024-06-20,It welcomed the treaty.,book,1,-2\n"

VOTES = "ms_code,ms_vote,date,resolution\nCHN,Y,2024-12-03,A/RES/79/1\nRUS,N,2024-12-03,A/RES/79/1\n"

MORE = (
    "id,territory,partner,start,end,commodity,total_usd,publisher,quality,source\n"
    "more,AAA,BBB,2020-01-01,2021-01-01,TOTAL,7,office,exact,book\n"
)

POSITIONS = "mmsi,t,lon,lat\n" + "".join(
    f"{ship},2024-01-01 {hour:02}:{minute:02}:00,{2 + 0.001 * ship:.3f},3\n"
    for ship in (1, 2)
    for hour in range(4)
    for minute in (0, 15, 30, 45)
)

#: What each command is given, from the folder in which it runs: `case` is the case.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "run": ("run", "case", "--format", "html", "--out", "report"),
    "run in the case": ("run", ".", "--format", "json", "--out", "report"),
    "run with positions": ("run", "case", "--positions", "day.csv", "--out", "report"),
    "check": ("check", "case"),
    "explain": ("explain", "case", "share-2023"),
    "import ach": ("import", "ach", "matrix.csv", "--into", "case"),
    "import ach in the case": ("import", "ach", "../matrix.csv", "--into", "."),
    "import votes": ("import", "votes", "votes.csv", "--into", "case", "--source", "book"),
    "import icews": ("import", "icews", "events.tab", "--into", "case", "--source", "book"),
    "import table": ("import", "table", "more.csv", "--into", "case", "--table", "trade"),
    "import ais": ("import", "ais", "day.csv", "--out", "tidy.parquet"),
    "detect csv": ("detect", "encounters", "--positions", "day.csv", "--out", "found.csv"),
    "detect parquet": ("detect", "encounters", "--positions", "day.csv", "--out", "found.parquet"),
    "detect geojson": ("detect", "gaps", "--positions", "day.csv", "--case", "case", "--out", "case/found.geojson"),
    "export ach": ("export", "ach", "case", "--out", "matrix-out.csv"),
    "export ach into the case": ("export", "ach", "case", "--out", "case/matrix-out.csv"),
    "new": ("new", "fresh"),
    "new-edition": ("new-edition", "case", "--as-of", "2026-01-31"),
    "simulate ais": ("simulate", "ais", "--out", "sea", "--days", "1", "--vessels", "20"),
    "identities add": ("identities", "add", "identities.tumen", "--passphrase-file", "phrase.txt"),
    "runs prune": ("runs", "case", "--prune", "0"),
}

#: What is typed when a command asks.
TYPED = "official-1\nA Name\n"


def laid(folder: Path) -> Path:
    """The inputs of all commands, and the folder in which they are run."""
    for name, text in {**DEFAULTS, "hypotheses.toml": RIVALS}.items():
        path = folder / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    given = {
        "matrix.csv": MATRIX,
        "votes.csv": VOTES,
        "more.csv": MORE,
        "events.tab": icews_file([icews(1, "China", "North Korea")]),
        "day.csv": POSITIONS,
        "phrase.txt": "a passphrase\n",
    }
    for name, text in given.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def place_of(command: str, folder: Path) -> Path:
    """Where a command is given."""
    return folder / "case" if command.endswith("in the case") else folder


def program_of(command: str) -> list[str]:
    """A command as a process of its own."""
    return [sys.executable, "-c", "from tumen.cli import main; main(prog_name='tumen')", *COMMANDS[command]]
