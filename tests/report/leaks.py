"""A case with a secret in every field of a protected source and of its rows, and all that the commands say of it.

The public half is the small case of tests/conftest.py; the protected half lies beside it in every
table that can hold one, and in the figures that the claims use.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from click.testing import CliRunner

import tumen
from tests.conftest import CASE, CLAIMS, SOURCES, TRADE
from tests.docs.console import inside
from tests.tables import TABLES
from tumen.cli import main
from tumen.run import evaluate
from tumen.runs.contents import CONTENTS

#: What is said in public of the protected source.
SAID = "an official of Betaland"

#: Columns that are content or form: what a row says, not whose it is.
CONTENT = {
    "reliability",
    "credibility",
    "access",
    "public_description",
    "territory",
    "partner",
    "start",
    "end",
    "commodity",
    "exports_usd",
    "imports_usd",
    "total_usd",
    "last_digit_usd",
    "quality",
    "low_usd",
    "high_usd",
    "middle_usd",
    "shape",
    "kind",
    "date",
    "date_precision",
    "source_actor",
    "target_actor",
    "description",
    "sign",
    "certainty",
    "resolution",
    "actor",
    "vote",
    "target",
    "product",
    "measure",
    "cap_value",
    "cap_unit",
    "supplier",
    "recipient",
    "tonnes",
    "barrels",
    "last_digit",
    "calls",
    "load_low",
    "load_high",
    "basket",
    "tier",
    "label",
    "origin_actor",
    "host",
    "scope",
    "low",
    "high",
    "remittance_low_usd",
    "remittance_high_usd",
    "victim",
    "value_usd",
    "attributed_to",
    "attribution",
    "incidents",
    "cargo",
    "topic",
    "stance",
    "named_in",
    "naming",
    "asked",
    "parent",
    "cargo_certainty",
    "vessel_1",
    "imo_1",
    "vessel_2",
    "imo_2",
    "lat",
    "lon",
    "area",
    "quantity",
    "quantity_unit",
    "name",
    "handles",
    "imo",
    "mmsi",
    "deadweight_t",
    "flag",
    "status",
    "list_date",
    "date_certainty",
    "aliases",
    "code",
    "goldstein",
    "quad",
    "parties",
    "reports",
    "part_of",
    "channels",
    "part",
    "part_kinds",
    "legal_force",
    "witness_table",
    "shows",
    "fate",
    "blocked_by",
    "votes_for",
    "votes_against",
    "abstentions",
    "tests",
    "period",
    "move",
    "level",
    "second",
    "driver",
    "value",
}

_MORE_CLAIMS = """
[[specification]]
id = "told"
label = "as an official told it"
options = {{ publisher = "{publisher}" }}

[[specification]]
id = "bound"
label = "as an official told it, the year after"
options = {{ publisher = "{publisher}" }}

[[claim]]
id = "share-told"
sentence = "told"
text = "More than half of Alphaland's trade in 2022 was with Betaland."
cites = "page 2"
measure = "dependence.share"
holds = {{ above = 0.5 }}
arguments = {{ focal = "AAA", partner = "BBB", period = [2022-01-01, 2023-01-01] }}
specifications = ["told"]

[[claim]]
id = "went-on"
sentence = "told"
text = "Trade went on."
cites = "page 3"
measure = "continuity.ratio"
holds = {{ above = 0.5 }}
arguments = {{ territory = "AAA", partner = "BBB", before = [2022-01-01, 2023-01-01], after = [2024-01-01,
  2025-01-01], by = "year" }}
specifications = ["bound"]

[[claim]]
id = "alike"
sentence = "told"
text = "Alphaland votes like Betaland."
cites = "page 4"
measure = "agreement.dyad"
holds = {{ above = 0.5 }}
arguments = {{ of = ["AAA"], reference = "BBB", period = [2022-01-01, 2023-01-01] }}

[[claim]]
id = "meets"
sentence = "told"
text = "Alphaland meets Betaland more often than Gammaland."
cites = "page 5"
measure = "contact.ratio"
holds = {{ above = 1.0 }}
arguments = {{ dyad = ["AAA", "BBB"], reference = ["AAA", "CCC"], kinds = ["visit"], period = [2022-01-01,
  2023-01-01] }}

[[claim]]
id = "beyond-the-cap"
sentence = "told"
text = "Deliveries went beyond the cap."
cites = "page 6"
measure = "caps.excess"
holds = {{ above = 0.0 }}
arguments = {{ recipient = "AAA", product = "oil", provision = "cap", period = [2022-01-01, 2023-01-01] }}
specifications = ["half"]

[[claim]]
id = "works-abroad"
sentence = "told"
text = "More than fifty of Alphaland's workers are in Betaland."
cites = "page 7"
measure = "labour.stock"
holds = {{ above = 50 }}
arguments = {{ of = "AAA", hosts = ["BBB"], after = 2021-01-01 }}

[[claim]]
id = "carries-coal"
sentence = "told"
text = "Alphaland's coal goes from ship to ship."
cites = "page 8"
measure = "evasion.cases"
holds = {{ above = 0 }}
arguments = {{ of = "AAA", cargo = "coal", kinds = ["sts"], since = 2021-01-01 }}

[[claim]]
id = "broken"
sentence = "told"
text = "A provision on Alphaland is broken."
cites = "page 8"
measure = "provisions.kept"
holds = {{ above = 0 }}
arguments = {{ of = "AAA" }}

[[claim]]
id = "assists"
sentence = "told"
text = "Betaland has a part in the coal trade of Alphaland."
cites = "page 8"
measure = "evasion.channels"
holds = {{ above = 0 }}
arguments = {{ of = "AAA", part_of = "BBB", channels = ["coal"], since = 2021-01-01 }}

[[claim]]
id = "reticent"
sentence = "told"
text = "Alphaland takes no position."
cites = "page 9"
measure = "stance.reticence"
holds = {{ above = 0.5 }}
arguments = {{ actor = "AAA", topics = ["t"], period = [2022-01-01, 2023-01-01] }}

[[claim]]
id = "beyond-what-was-told"
sentence = "told"
text = "Deliveries went beyond what an official told."
cites = "page 10"
measure = "caps.excess"
holds = {{ above = 0.0 }}
arguments = {{ recipient = "AAA", product = "oil", provision = "{provision}", period = [2022-01-01, 2023-01-01] }}
specifications = ["half"]

[[claim]]
id = "slow"
sentence = "told"
text = "Alphaland is slow to comment."
cites = "page 11"
measure = "stance.delay"
holds = {{ above = 10 }}
arguments = {{ actor = "AAA", topics = ["t"], events = ["{event}"], period = [2023-01-01, 2024-01-01] }}

[[claim]]
id = "wary-rather"
sentence = "told"
text = "Betaland is wary rather than content."
cites = "page 12"
measure = "hypotheses.posterior"
holds = {{ above = 0.5 }}
arguments = {{ favours = ["wary"], against = ["content"] }}

[[specification]]
id = "half"
label = "half full"
options = {{ load = 0.5 }}
"""

#: Every claim beside the small case's own.
TOLD = (
    "share-told",
    "went-on",
    "alike",
    "meets",
    "beyond-the-cap",
    "works-abroad",
    "carries-coal",
    "reticent",
    "beyond-what-was-told",
    "slow",
    "wary-rather",
)

#: A system whose moves and driver nobody but the protected source tells of.
_SYSTEM = """
[[move]]
actor = "AAA"
id = "help"
says = "what it gives"
levels = ["none", "some"]
scale = [0, 1]

[[aim]]
actor = "AAA"
id = "calm"
says = "no trouble"
weight = [0.2, 2.0]
cites = "page 9"

[[effect]]
aim = "AAA.calm"
when = { "AAA.help" = "some" }
times = "need"
value = [0.5, 1.0]

[[driver]]
id = "need"
says = "how much it is asked"
"""

_HYPOTHESES = """
[[hypothesis]]
id = "wary"
label = "wary"
text = "Betaland is wary."
prior = [0.5, 1.0]
held_by = [{{ who = "{holder}", source = "{source}" }}]

[[hypothesis]]
id = "content"
label = "content"
text = "Betaland is content."
prior = [0.5, 1.0]

[[evidence]]
id = "told"
date = 2022-02-01
text = "What an official said."
source = "{named}"
scores = {{ wary = 2, content = -1 }}

[[observable]]
id = "to-be-told"
text = "What an official may say."
source = "{source}"
scores = {{ wary = 1 }}
"""

#: Where the ship of the protected rows was heard: in the port of another of them.
HEARD = "mmsi,t,lon,lat,name,imo\n" + "".join(
    f"211000001,2022-05-01 0{hour}:00:00,2,1,A SHIP,1234567\n" for hour in range(6)
)

_PERIOD = {"start": "2022-01-01", "end": "2023-01-01"}
_YEAR = {**_PERIOD, "quality": "exact"}


def _period(year: int) -> dict[str, str]:
    return {"period": str(year), "start": f"{year}-01-01", "end": f"{year + 1}-01-01"}


#: The content of the protected rows, by table.
ROWS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "sources": ({"reliability": "B", "credibility": "2", "access": "chatham-house", "public_description": SAID},),
    "trade": (
        {**_YEAR, "territory": "AAA", "partner": "BBB", "commodity": "TOTAL", "exports_usd": "40", "imports_usd": "50"},
        {**_YEAR, "territory": "AAA", "partner": "WLD", "commodity": "TOTAL", "exports_usd": "50", "imports_usd": "60"},
        {
            "territory": "AAA",
            "partner": "BBB",
            "commodity": "TOTAL",
            "start": "2024-01-01",
            "end": "2025-01-01",
            "quality": "lower_bound",
            "total_usd": "80",
        },
    ),
    "unrecorded": ({**_YEAR, "territory": "AAA", "partner": "CCC", "kind": "arms", "low_usd": "1", "high_usd": "2"},),
    "votes": (
        {"date": "2022-05-01", "resolution": "r/1", "actor": "AAA", "vote": "Y"},
        {"date": "2022-05-01", "resolution": "r/1", "actor": "BBB", "vote": "Y"},
    ),
    "events": (
        {
            "date": "2022-03-01",
            "date_precision": "day",
            "source_actor": "AAA",
            "target_actor": "BBB",
            "kind": "visit",
            "description": "A visit",
            "sign": "1",
            "certainty": "high",
            "goldstein": "1",
            "reports": "1",
        },
    ),
    "council_acts": (
        {
            "date": "2022-03-01",
            "date_precision": "day",
            "target": "BBB",
            "description": "A draft",
            "fate": "vetoed",
            "blocked_by": "AAA",
            "votes_for": "1",
            "votes_against": "1",
            "abstentions": "1",
            "quality": "exact",
        },
    ),
    "moves": tuple(
        {**_period(year), "actor": "AAA", "move": "help", "level": level, "certainty": "high"}
        for year, level in ((2019, "none"), (2020, "some"), (2021, "some"), (2022, "some"))
    ),
    "drivers": tuple({**_period(year), "driver": "need", "value": "0.5"} for year in (2019, 2022)),
    "weapon_tests": ({**_YEAR, "actor": "BBB", "kind": "icbm", "tests": "1"},),
    "provisions": ({"resolution": "1", "target": "AAA", "product": "coal", "measure": "ban", "start": "2020-01-01"},),
    "deliveries": ({**_YEAR, "supplier": "BBB", "recipient": "AAA", "product": "oil", "barrels": "60"},),
    "unreported": (
        {**_YEAR, "recipient": "AAA", "product": "oil", "barrels": "50", "load_low": "1", "load_high": "1"},
    ),
    "baskets": ({"basket": "metals", "commodity": "72"},),
    "workers": (
        {
            **_YEAR,
            "origin_actor": "AAA",
            "host": "BBB",
            "kind": "stock",
            "scope": "all",
            "low": "100",
            "high": "200",
            "remittance_low_usd": "1",
            "remittance_high_usd": "2",
        },
        {
            **_YEAR,
            "origin_actor": "AAA",
            "host": "BBB",
            "kind": "stock",
            "scope": "all",
            "high": "90",
            "quality": "upper_bound",
        },
    ),
    "thefts": (
        {
            "date": "2022-02-01",
            "date_precision": "day",
            "victim": "An exchange",
            "value_usd": "90",
            "attributed_to": "AAA",
            "attribution": "government",
            "quality": "exact",
        },
    ),
    "theft_totals": ({**_YEAR, "actor": "AAA", "value_usd": "100"},),
    "statements": tuple(
        {
            "date": f"2022-02-0{day}",
            "date_precision": "day",
            "actor": "AAA",
            "topic": "t",
            "stance": str(sign * stance),
            "kind": "neutral",
        }
        for day, stance in enumerate((-2, 2, -1), start=1)
        for sign in (1, -1)
    ),
    "topics": ({"id": "t", "parent": "", "label": "a topic"},),
    "answers": (
        {"date": "2022-02-01", "actor": "AAA", "topic": "t", "stance": "0", "kind": "neutral", "certainty": "high"},
    ),
    "questions": ({**_YEAR, "actor": "AAA", "topic": "t", "named_in": "question", "naming": "3", "asked": "9"},),
    "evasion_cases": (
        {
            "actor": "AAA",
            "date": "2022-02-01",
            "date_precision": "day",
            "kind": "sts",
            "cargo": "coal",
            "cargo_certainty": "stated",
        },
    ),
    "evasion_parts": (
        {
            "actor": "AAA",
            "part_of": "BBB",
            **_YEAR,
            "channels": "coal",
            "description": "barges",
            "part": "stated",
            "part_kinds": "ports",
        },
    ),
    "breaches": ({"witness_table": "evasion_cases", "shows": "broken", "certainty": "stated"},),
    "ports": ({"name": "A quay", "territory": "AAA", "kind": "port", "lat": "1", "lon": "2", "handles": "coal+oil"},),
    "vessels": (
        {
            "name": "A SHIP",
            "imo": "1234567",
            "mmsi": "211000001",
            "flag": "BBB",
            "kind": "tanker",
            "deadweight_t": "1000",
        },
    ),
    "designated_vessels": (
        {
            "name": "A SHIP",
            "imo": "1234567",
            "flag": "AAA",
            "status": "designated",
            "list_date": "2022-02-01",
            "date_precision": "day",
            "date_certainty": "stated",
        },
    ),
}

#: Cells that break a protected row, each in a way of its own: table, column, what stands there.
#: `{secret}` is a secret of the cell's own.
FAULTS = (
    ("trade", "exports_usd", "{secret}"),
    ("trade", "exports_usd", "-{number}"),
    ("trade", "start", "{secret}"),
    ("trade", "quality", "{secret}"),
    ("trade", "territory", "{secret}"),
    ("trade", "id", ""),
    ("trade", "source", "{secret}"),
    ("trade", "note", 'a "quote" {secret}\x00'),
    ("unrecorded", "low_usd", "{number}"),
    ("votes", "vote", "{secret}"),
    ("votes", "date", "{secret}"),
    ("events", "sign", "{secret}"),
    ("events", "certainty", "{secret}"),
    ("deliveries", "tonnes", "inf"),
    ("sources", "reliability", "{secret}"),
    ("sources", "access", "{secret}"),
    ("sources", "title", ""),
    ("sources", "id", ""),
)


@dataclass
class Planted:
    """Files of a case, and the secrets in them."""

    files: dict[str, str]
    secrets: set[str] = field(default_factory=set)

    def leaks(self, text: bytes) -> set[str]:
        """The secrets that a text holds."""
        return {s for s in self.secrets if s.lower().encode() in text.lower()}


def planted(
    seed: str,
    fault: tuple[str, str, str] | None = None,
    twice: bool = False,
    headless: bool = False,
    misspelt: bool = False,
    coded: int = 0,
    heard: bool = False,
) -> Planted:
    """A case with secrets that grow from a seed. Two coders of its statements swapped the scale's ends.

    Args:
        misspelt: whether the evidence names the source with a letter too many.
        coded: how many further statements both coders read.
        fault: a cell of a protected row that is broken, and how.
        twice: whether a protected row's id, and the source's, stand twice.
        headless: whether sources.csv lacks its header.
        heard: whether positions of its ship lie beside it.
    """
    case = Planted({"heard.csv": HEARD} if heard else {})
    # An id that sorts before all others: sums and ties take the least id.
    source = f"aa{seed}source-id"

    def cell(table: str, number: int, column: str) -> str:
        name = {"source": source}.get(column) or (source if (table, column) == ("sources", "id") else "")
        if not name:
            name = (
                f"pub{seed}lisher"
                if column == "publisher" and table != "sources"
                else f"aa{seed}{table}{number}{column}"
            )
        if (table, column) == ("sources", "url"):
            name = f"https://example.org/{name}"
        if table == "breaches" and column in ("provision", "witness_row"):
            name = f"aa{seed}{'provisions' if column == 'provision' else 'evasion_cases'}0id"
        if (table, column) == ("statements", "remark"):
            name = f"aa{seed}remark{number // 2}"
        if (table, column) == ("statements", "coder"):
            name = f"aa{seed}coder{number % 2}"
        case.secrets.add(name)
        return name

    for table, rows in ROWS.items():
        columns = [c.name for c in TABLES[table].columns]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        if not (headless and table == "sources"):
            writer.writeheader()
        for number, row in enumerate((*rows, *rows[:2] * coded) if table == "statements" else rows):
            full = {c: row.get(c, "") if c in CONTENT or table == "topics" else cell(table, number, c) for c in columns}
            if fault and (table, number) == (fault[0], 0):
                secret, digits = f"bad{seed}cell", str(700_000_000 + sum(map(ord, seed)))
                full[fault[1]] = fault[2].format(secret=secret, number=digits)
                case.secrets |= {secret, digits}
            writer.writerow(full)
            if "duplicate_of" in columns:  # the row that it is a duplicate of
                writer.writerow({**full, "id": full["duplicate_of"], "duplicate_of": ""})
            if twice and table in ("sources", "trade") and number == 0:
                writer.writerow(full)
        for public in csv.DictReader(io.StringIO({"sources": SOURCES, "trade": TRADE}.get(table, ""))):
            writer.writerow({c: public.get(c, "") for c in columns})
        if table == "provisions":
            writer.writerow(
                {
                    "id": "cap",
                    "resolution": "2",
                    "target": "AAA",
                    "product": "oil",
                    "measure": "cap",
                    "cap_value": "100",
                    "cap_unit": "bbl",
                    "start": "2020-01-01",
                    "source": "book",
                }
            )
        case.files[f"record/{table}.csv"] = out.getvalue()
    case.files["case.toml"] = CASE + '\n[[actor]]\nid = "CCC"\nname = "Gammaland"\n\n[groups.CCC]\nname = "Gammaland"\n'
    case.files["claims.toml"] = CLAIMS + _MORE_CLAIMS.format(
        publisher=f"pub{seed}lisher", provision=f"aa{seed}provisions0id", event=f"aa{seed}events0id"
    )
    holder = f"aa{seed}holder"
    case.secrets.add(holder)
    named = f"{source}x" if misspelt else source
    case.files["astray.csv"] = f"evidence,date,text,source,wary,content\nnew,2022-02-02,Said.,{source}x,1,-1\n"
    case.files["system.toml"] = _SYSTEM
    case.files["hypotheses.toml"] = _HYPOTHESES.format(source=source, named=named, holder=holder)
    return case


def write(case: Planted, folder: Path) -> Path:
    """Write the case's files."""
    for path, text in case.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def outputs(case: Path, here: Path, light: bool = False) -> Iterable[tuple[str, bytes]]:
    """What every command says of a case and writes, in every format, and what rooms that show are given."""
    heard = ("--positions", str(case / "heard.csv"))
    commands: list[tuple[str, ...]] = (
        [
            ("run", str(case), "--out", "at-sea", "--format", "html", *heard),
            ("detect", "identity", "--case", str(case), "--out", "found.csv", *heard),
            ("detect", "port-calls", "--case", str(case), "--out", "calls.csv", *heard),
        ]
        if (case / "heard.csv").exists()
        else []
    )
    commands += [("check", str(case)), ("run", str(case), "--out", "out", "--format", "json")]
    if not light:
        commands += [("run", str(case), *how) for how in ((), ("--brief",), ("--verbose",))]
        commands += [("run", str(case), "--out", "out", "--format", "html")]
    commands += [("explain", str(case), c) for c in (*(TOLD[:5] if light else TOLD), "hypotheses", "system")]
    commands += [("whatif", str(case), "--set", "need=0.1", "--format", how) for how in ("table", "json", "html")]
    commands += [
        ("export", "ach", str(case), "--out", "ach.csv"),
        ("import", "ach", "ach.csv", "--into", str(case)),
        ("import", "ach", str(case / "astray.csv"), "--into", str(case)),
    ]
    here.mkdir(exist_ok=True)
    with inside(here):
        for command in commands:
            result = CliRunner().invoke(main, list(command))
            yield " ".join(command), result.output_bytes
        for path in sorted(p for p in here.rglob("*") if p.is_file()):
            if path.parent.name == CONTENTS:  # the case once more, for its owner alone: no output
                assert path.parent.stat().st_mode & 0o77 == 0
                continue
            yield str(path.relative_to(here)), path.read_bytes()
        progress: list[str] = []
        try:
            given = evaluate(case, progress=progress.append)
            # What a claim's own author wrote in its arguments stays in the claim; no output prints it.
            verdicts = [replace(v, claim=v.claim.model_copy(update={"arguments": {}})) for v in given.verdicts]
            shown = repr((verdicts, dict(given.conclusions), given.sources, given.warnings, given.rejected))
        except ValueError as error:
            shown = repr(error)
        yield "progress", "\n".join(progress).encode()
        yield "what is shown", shown.encode()


def killed(case: Path, here: Path, seconds: float) -> Iterable[tuple[str, bytes]]:
    """What a run leaves that is killed after some time."""
    here.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tumen", "run", str(case), "--out", "out", "--format", "html"]
    process = subprocess.Popen(
        command,
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(here), "PYTHONPATH": str(Path(tumen.__file__).parents[1])},
    )
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    yield "standard output", said
    left = sorted(Path(folder, name) for folder, _, names in os.walk(here) for name in names)
    for path in left:
        with suppress(FileNotFoundError):  # deleted meanwhile, as it should be
            if not path.is_symlink() and path.parent.name != CONTENTS:  # there the case lies once more, for its owner
                yield str(path.relative_to(here)), path.read_bytes()
