"""What brings each message about: a change to the case that `tumen new` writes, and a command.

docs/messages.md shows one example for each slug; here it is said again, by the tool.
"""

from __future__ import annotations

import errno
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib import resources
from importlib.metadata import EntryPoint
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from tests.docs.console import inside
from tests.record.readers.made_workbooks import xlsx
from tumen.budgets import LINE_BYTES as MAX_LINE_BYTES
from tumen.case.new import write_case
from tumen.cli import main
from tumen.engine.embedded import DuckDB
from tumen.errors import EngineError
from tumen.kinds import kinds
from tumen.record.identities import write_identities

CASE = "my-case"

_EVENTS = "id,date,date_precision,source_actor,target_actor,kind,description,sign,certainty,source,note\n"
_PROVISIONS = "id,resolution,target,product,measure,cap_value,cap_unit,start,end,source,note\n"
_DELIVERIES = "id,supplier,recipient,product,start,end,tonnes,barrels,last_digit,publisher,quality,source,note\n"
_ROLL_CALL = "date,resolution,actor,vote,source\n2024-01-31,R/1,CHN,Y,bne2025\n"
_SHEETS = {"votes": [line.split(",") for line in _ROLL_CALL.splitlines()], "notes": [["as the office prints it"]]}
_TOPICS = "id,parent,label\n"
_MOVES = "id,coder,period,start,end,actor,move,level,second,certainty,source\n"
_HELD = (
    "a,ann,2023H1,2023-01-01,2023-07-01,CHN,support,at-bay,,high,bne2025\n"
    "b,ann,2023H2,2023-07-01,2024-01-01,CHN,support,embrace,,high,bne2025\n"
    "c,ann,2023H1,2023-01-01,2023-07-01,RUS,support,court,,high,bne2025\n"
    "d,ann,2023H2,2023-07-01,2024-01-01,RUS,support,ally,,high,bne2025\n"
)
_DIFFERING = "bob2023-1,bob,2023H1,2023-01-01,2023-07-01,CHN,support,embrace,,high,bne2025\n" + "".join(
    f"{coder}{year}-{half},{coder},{year}H{half},{year}-0{start}-01,{end},CHN,support,{level},,high,bne2025\n"
    for year in (2021, 2022)
    for half, start, end in ((1, 1, f"{year}-07-01"), (2, 7, f"{year + 1}-01-01"))
    for coder, level in zip(("ann", "bob"), (("squeeze", "embrace"), ("embrace", "squeeze"))[half - 1], strict=True)
)
_DRIVEN = "id,coder,period,start,end,driver,value,source\ne,ann,2023H1,2023-01-01,2023-07-01,war_need,0.6,bne2025\n"
_STATEMENTS = "id,date,date_precision,speaker,actor,topic,stance,kind,phrase,remark,coder,source,note\n"
_THEFTS = (
    "id,date,date_precision,victim,value_usd,attributed_to,attribution,duplicate_of,publisher,quality,source\n"
    "a,2024-05-05,day,A bank,30000000,PRK,government,b,fbi,exact,bne2025\n"
    "b,2024-05-05,day,A bank,32000000,PRK,panel,a,un-panel,exact,bne2025\n"
)
_VOTES_TWICE = "date,resolution,actor,vote,source\n" + "".join(
    f"2024-12-0{day},{name.format(day)},{actor},{vote},bne2025\n"
    for day in (1,)
    for name in ("A/RES/79/{}", "R/79/{}")
    for actor, vote in (("CHN", "Y"), ("RUS", "N"))
)
_VESSELS = "id,name,imo,mmsi,kind,deadweight_t,source,note\n"
_LISTINGS = "id,name,authority,status,list_date,source\n"
_CODED = "".join(
    f"{coder}{n},2024-01-0{n},day,spokesperson,CHN,CHN-RUS,{sign * stance},neutral,,,{coder},bne2025,\n"
    for n, stance in enumerate((-2, -1, 0, 1, 2), start=1)
    for coder, sign in (("ann", 1), ("bob", -1))
)
_UNRECORDED = "id,territory,partner,start,end,kind,low_usd,high_usd,publisher,quality,source,note\n"
_VOTES = (
    "select date '2024-01-01' + i::int as date, 'r' || i as resolution, 'CHN' as actor, 'Y' as vote, "
    "'bne2025' as source"
)


@dataclass(frozen=True)
class Cause:
    """A change to the case, and the command that meets it.

    Args:
        edits: by path, a text of the file and what stands in its place.
        files: whole contents by path.
        within: what surrounds the command.
        typed: what is typed when it asks.
    """

    edits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    command: tuple[str, ...] = ("check", CASE)
    within: Callable[[], AbstractContextManager[object]] = nullcontext
    typed: str = ""

    def output(self) -> str:
        """What the command says of the changed case, written into the folder that we are in."""
        case = Path(CASE)
        write_case(case)
        for path, content in self.files.items():
            (case / path).write_bytes(content.encode() if isinstance(content, str) else content)
        for path, (old, new) in self.edits.items():
            text = (case / path).read_text(encoding="utf-8")
            assert old in text, f"{path} holds no {old!r}"
            (case / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            with self.within():
                return CliRunner().invoke(main, list(self.command), input=self.typed).output
        finally:
            kinds.cache_clear()


def _case(old: str, new: str) -> Cause:
    return Cause({"case.toml": (old, new)})


def _claims(*edits: str) -> Cause:
    """Texts of claims.toml, each followed by what stands in its place."""
    text = (resources.files("tumen.case") / "template" / "claims.toml").read_text(encoding="utf-8")
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert old in text, f"claims.toml holds no {old!r}"
        text = text.replace(old, new, 1)
    return Cause(files={"claims.toml": text})


_DECISION = """
[[decision]]
id = "imports"
label = "whether freight is taken out of imports"
option = [
  { id = "printed", label = "as printed" },
  { id = "fob", label = "taken out", options = { cif_fob = [1.05, 1.10] } },
]
"""


_SYSTEM = """\
precision = { RUS = [0.5, 4.0] }

[[move]]
actor = "CHN"
id = "support"
says = "what China does"
levels = ["squeeze", "at-bay", "embrace"]
scale = [-1, 0, 1]

[[move]]
actor = "RUS"
id = "support"
says = "what Russia does"
levels = ["court", "ally"]
scale = [0, 1]

[[aim]]
actor = "CHN"
id = "stability"
says = "no collapse"
weight = [0.2, 2.0]
cites = "page 1"

[[aim]]
actor = "RUS"
id = "munitions"
says = "arms"
weight = [0.2, 2.0]
cites = "page 1"

[[effect]]
aim = "CHN.stability"
when = { "CHN.support" = "squeeze", "RUS.support" = "court" }
value = [-0.8, -0.2]

[[effect]]
aim = "RUS.munitions"
when = { "RUS.support" = "ally" }
times = "war_need"
value = [0.6, 1.0]

[[driver]]
id = "war_need"
says = "how much Russia needs arms"

[[driver]]
id = "china"
says = "what China did in the half-year before"
move = "CHN.support"
levels = { squeeze = 0, at-bay = 0.5, embrace = 1 }
before = true

[[future]]
id = "peace"
says = "the war ends"
set = { war_need = { "2025H1" = 0.4, "2025H2" = 0.2 } }
"""


def _of_system(start: str, end: str) -> str:
    return _SYSTEM[_SYSTEM.index(start) : _SYSTEM.index(end)]


_RUSSIAS_MOVE = (_of_system('[[move]]\nactor = "RUS"', '[[aim]]\nactor = "CHN"'), "")
_RUSSIA = (
    *("precision = { RUS = [0.5, 4.0] }", ""),
    *_RUSSIAS_MOVE,
    *(_of_system('[[aim]]\nactor = "RUS"', '[[effect]]\naim = "CHN'), ""),
    *(_of_system('[[effect]]\naim = "RUS', "[[driver]]"), ""),
    *(', "RUS.support" = "court"', ""),
)


def _system(*edits: str, moves: str = _HELD) -> Cause:
    """A small system and its coding, with texts of system.toml, each followed by what stands in its place."""
    text = _SYSTEM
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert old in text, f"system.toml holds no {old!r}"
        text = text.replace(old, new, 1)
    return Cause(files={"system.toml": text, "record/moves.csv": _MOVES + moves, "record/drivers.csv": _DRIVEN})


def _trade(old: str, new: str) -> Cause:
    return Cause({"record/trade.csv": (old, new)})


def _beside_trade(*rows: str) -> Cause:
    """Rows of trade beside those of the case."""
    lines = "".join(f"{row}\n" for row in rows)
    return _trade("gacc-chn-rus-2024,", f"{lines}gacc-chn-rus-2024,")


def _printed_again(source: str) -> Cause:
    """A figure that its publisher had printed before, read in one of two sources."""
    row, more = "gacc-chn-rus-2024-a,CHN,RUS,2024-01-01,2025-01-01,TOTAL", "10000000,gacc,exact"
    book = "printed2024,GACC,Trade of 2024 as first printed,,2025-01-13,C,2,public,"
    source_row = "bne2025,bne IntelliNews,"
    return Cause(
        {
            "record/trade.csv": ("gacc-chn-rus-2024,", f"{row},,,243000000000,{more},{source},\ngacc-chn-rus-2024,"),
            "record/sources.csv": (source_row, f"{book}\n{source_row}"),
        }
    )


_RIVALS = """\
[[hypothesis]]
id = "wary"
label = "wary"
text = "The state is wary."

[[hypothesis]]
id = "content"
label = "content"
text = "The state is content."

[[evidence]]
id = "statement"
date = 2024-06-20
text = "It welcomed the treaty."
source = "bne2025"
scores = { wary = -1, content = 2 }
"""


def _rivals(old: str, new: str) -> Cause:
    assert old in _RIVALS
    return Cause(files={"hypotheses.toml": _RIVALS.replace(old, new, 1)})


_TOAST = """\
[[evidence]]
id = "toast"
date = 2024-06-21
text = "It drank to the treaty."
source = "bne2025"
scores = { wary = 0, content = 1 }
contrary = ["statement"]

"""

_MATRIX = """\
[[matrix]]
coder = "bob"
scores.statement = { wary = 1, content = 1 }

"""


_TORN = '[[hypothesis]]\nid = "torn"\nlabel = "torn"\ntext = "The state is torn."\n\n[[evidence]]'


def _about_rivals(holds: str) -> Cause:
    """A claim about the rival explanations: content or torn, against wary."""
    arguments = 'arguments = { favours = ["content", "torn"], against = ["wary"] }'
    planned = 'measure = "stance.trend"\nplanned = true\nholds = { below = 0 }'
    claims = _claims(planned, f'measure = "hypotheses.posterior"\n{arguments}\nholds = {holds}')
    scored = "scores = { wary = -2, content = 2, torn = -2 }"
    rivals = _RIVALS.replace("[[evidence]]", _TORN).replace("scores = { wary = -1, content = 2 }", scored)
    return Cause(files={**claims.files, "hypotheses.toml": rivals})


_POSITIONS = "mmsi,t,lon,lat\n1,2024-01-01 00:00:00,2,3\n"


def _positions(
    content: str | bytes, name: str = "day.csv", out: str = "day.parquet", options: tuple[str, ...] = ()
) -> Cause:
    """A file of vessel positions, imported."""
    return Cause(files={name: content}, command=("import", "ais", f"{CASE}/{name}", "--out", f"{CASE}/{out}", *options))


_SENTENCE = "!AIVDO,1,1,,A,1821pn@P01:faD0A:`P0I0H1P000,0*73\n"

_ICEWS = "Event ID\tEvent Date\tSource Country\tTarget Country\tCAMEO Code\n"
_VISIT = "1\t2024-03-01\tChina\tRussian Federation\t042\n"


def _icews(content: str | bytes, name: str = "events.tab", source: str = "bne2025") -> Cause:
    """A file of ICEWS, imported."""
    return Cause(
        files={name: content}, command=("import", "icews", f"{CASE}/{name}", "--into", CASE, "--source", source)
    )


def _detect(positions: str = "day.csv", out: str = "found.csv", ports: str | None = None) -> Cause:
    """A file of vessel positions, and a detector."""
    files = {"day.csv": _POSITIONS, **({"ports.csv": ports} if ports is not None else {})}
    more = ("--ports", f"{CASE}/ports.csv") if ports is not None else ()
    return Cause(
        files=files,
        command=("detect", "encounters", "--positions", f"{CASE}/{positions}", *more, "--out", f"{CASE}/{out}"),
    )


def _feasible(focal: str) -> Cause:
    """A ship that is silent for a day, and a port that it could have called at meanwhile."""
    return Cause(
        files={
            "day.csv": "mmsi,t,lon,lat\n1,2024-01-01 00:00:00,2,3\n1,2024-01-02 00:00:00,2,3\n",
            "ports.csv": f"name,lon,lat,focal\nAlpha,1,2,{focal}\n",
        },
        command=(
            "detect",
            "feasible-calls",
            "--positions",
            f"{CASE}/day.csv",
            "--ports",
            f"{CASE}/ports.csv",
            "--out",
            f"{CASE}/found.csv",
        ),
    )


def _listed(text: str) -> Cause:
    """A file of vessel positions with a ship, and a list of vessels."""
    return Cause(
        files={
            "day.csv": "mmsi,t,lon,lat,name\n1,2024-01-01 00:00:00,2,3,ALPHA\n1,2024-01-01 01:00:00,2,3,ALPHA\n",
            "list.csv": text,
        },
        command=(
            "detect",
            "identity",
            "--positions",
            f"{CASE}/day.csv",
            "--listed",
            f"{CASE}/list.csv",
            "--out",
            f"{CASE}/found.csv",
        ),
    )


def _no_spark() -> AbstractContextManager[object]:
    """As if the extra were not installed."""
    return patch.dict(sys.modules, {"sqlglot": None})


def _other_package() -> AbstractContextManager[object]:
    """As if a package offered a kind that cannot be loaded."""
    kinds.cache_clear()
    point = EntryPoint("theirs", "their_package:KIND", "tumen.kinds")
    return patch("tumen.kinds.entry_points", lambda **_: [point])


def _damaged_parquet() -> str:
    """A Parquet file whose end is whole and whose middle is not."""
    import duckdb

    duckdb.sql(f"copy ({_VOTES} from range(2000) as t(i)) to 'votes.parquet' (format parquet)")
    whole = Path("votes.parquet").read_bytes()
    return Cause(files={"record/votes.parquet": whole[:4] + bytes(400) + whole[404:]}).output()


def _nested_parquet() -> str:
    """A Parquet file with a list in each cell of a column."""
    import duckdb

    duckdb.sql(
        f"copy (select *, [1] as note from ({_VOTES} from range(2) as t(i))) to 'votes.parquet' (format parquet)"
    )
    return Cause(files={"record/votes.parquet": Path("votes.parquet").read_bytes()}).output()


def _unanswerable() -> str:
    """A query that no engine can answer."""
    engine = DuckDB()
    try:
        engine.rows("select figure from nowhere")
    except EngineError as error:
        return str(error)
    finally:
        engine.close()
    raise AssertionError("the engine answered")


_EVENT = "e1,2024-01-01,day,CHN,RUS,visit,A visit,1,high,bne2025,\n"


def _protected() -> Cause:
    """The case with its source protected."""
    return Cause({"record/sources.csv": (",public,", ",restricted,")})


def _described() -> str:
    """The case with a protected source whose description no other has, beside a dated row."""
    source = "id,publisher,title,reliability,credibility,access,public_description\n"
    row = "bne2025,withheld,withheld,B,2,restricted,a diplomat of a small state\n"
    return Cause(files={"record/sources.csv": source + row, "record/events.csv": _EVENTS + _EVENT}).output()


def _identities(*words: str, typed: str = "", change: Callable[[bytes], bytes] | None = None) -> Callable[[], str]:
    """What `tumen identities` says of a file with one identity, changed or not."""

    def output() -> str:
        file = Path("identities.tumen")
        write_identities(file, {"official-1": "A Name"}, "a passphrase")
        if change:
            file.write_bytes(change(file.read_bytes()))
        return CliRunner().invoke(main, ["identities", *words], input=typed).output

    return output


def _no_cryptography() -> str:
    with patch.dict(sys.modules, {"cryptography.exceptions": None}):
        return (
            CliRunner().invoke(main, ["identities", "add", "identities.tumen"], input="a b c\na b c\nid\nwho\n").output
        )


def _busy() -> str:
    """What is said where another process keeps the file of identities."""
    from filelock import FileLock

    with patch("tumen.record.identities._WAIT_S", 0.01), FileLock(".identities.tumen.lock"):
        return _identities("add", "identities.tumen", typed="a passphrase\nofficial-2\nA Name\n")()


def _linked() -> str:
    """A case whose rival explanations would be written through a link."""
    Path("elsewhere").touch()

    def output(place: Path) -> str:
        place.symlink_to("../elsewhere")
        return CliRunner().invoke(main, ["export", "ach", CASE, "--out", str(place)]).output

    write_case(Path(CASE))
    (Path(CASE) / "hypotheses.toml").write_text(_RIVALS)
    return output(Path(CASE) / "matrix.csv")


def _stored(versions: Mapping[str, str] | None = None, **notes: object) -> Callable[[], str]:
    """A stored run of which the manifest notes something else, or more versions, evaluated again."""

    def output() -> str:
        write_case(Path(CASE))
        CliRunner().invoke(main, ["run", CASE])
        (run,) = Path(".tumen/runs").glob("*/2*")
        run.parent.rename("shelf")
        Path("shelf", run.name).rename("shelf/earlier")
        manifest = Path("shelf/earlier/manifest.json")
        noted = json.loads(manifest.read_text())
        noted["versions"] |= versions or {}
        manifest.write_text(json.dumps({**noted, **notes}))
        return CliRunner().invoke(main, ["run", "shelf/earlier"]).output

    return output


def _changing() -> str:
    """A case that somebody changes while it is evaluated."""
    write_case(Path(CASE))
    table = Path(CASE) / "record/trade.csv"
    with patch("tumen.report.document.text", lambda _: str(table.write_text("id\n"))):
        return CliRunner().invoke(main, ["run", CASE]).output


def _held() -> str:
    """A case that another command changes for longer than is waited."""
    from filelock import FileLock

    write_case(Path(CASE))
    Path("matrix.csv").write_text("evidence,wary\n")
    lock = FileLock(Path(CASE) / ".tumen.lock")
    with patch("tumen.alone.WAIT_S", 0.01), lock:
        (Path(CASE) / ".tumen.lock").write_text("tumen import votes (process 4711)")
        return CliRunner().invoke(main, ["import", "ach", "matrix.csv", "--into", CASE]).output


@contextmanager
def _open_to_everybody() -> Iterator[None]:
    """As if the case lay where everybody may write, and another package brought a measure."""
    with (
        patch("tumen.prepare.anybody_may_write", return_value=True),
        patch("tumen.prepare.others_offered", return_value=True),
    ):
        yield


def _no_room() -> str:
    """What is said where standard output takes no more."""

    def full(text: str) -> str:
        if text.startswith("standard output"):
            return text
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch("tumen.commands.saying.visible", full):
        return CliRunner().invoke(main, ["measures"]).output


def _bug() -> str:
    with patch("tumen.run.evaluate", side_effect=KeyError("value")):
        return CliRunner().invoke(main, ["run"]).output


def _little_memory() -> AbstractContextManager[object]:
    return patch("tumen.commands.failing.allowed_mb", return_value=500)


#: Takes away that the case's claim is about the past.
_FIXED = ('in_time = "fixed"', "#")


#: By slug: a change to the case, or a function that gives what was said.
CAUSES: Mapping[str, Cause | Callable[[], str]] = {
    "actor-absent": _icews(_ICEWS + _VISIT.replace("China", "Japan")),
    "as-of-twice": _case("[citation]", "[[edition]]\nas_of = 2025-12-31\n\n[citation]"),
    "edition-not-later": Cause(command=("new-edition", CASE, "--as-of", "2025-12-31")),
    "edition-unsaid": _case("as_of = 2025-12-31", "edition = [{ as_of = 2025-12-31 }]"),
    "beyond-wall": _case("as_of = 2025-12-31", "as_of = 2025-06-30"),
    "window-beyond-wall": _case("as_of = 2025-12-31", "as_of = 2024-12-30"),
    "window-empty": _claims("after = [2024-01-01, 2025-01-01]", 'after = [2026-01-01, "as_of"]', *_FIXED),
    "window-ended": _claims(*_FIXED),
    "figure-overdue": _claims("after = [2024-01-01, 2025-01-01]", 'after = [2024-01-01, "as_of"]', *_FIXED),
    "window-unreadable": _claims("after = [2024-01-01, 2025-01-01]", 'after = { last = "24 moons" }'),
    "in-time-mismatch": _claims("after = [2024-01-01, 2025-01-01]", 'after = [2024-01-01, "as_of"]'),
    "text-blank": _claims("Russia in 2024", "Russia in {year}"),
    "text-and-arguments": _claims("that of 2023", "that of 2019"),
    "undated-source": Cause({"record/sources.csv": (",2025,C", ",,C")}),
    "figure-replaced": _printed_again("printed2024"),
    "figure-twice": _printed_again("bne2025"),
    "total-contradicted": _trade("115490000000,129320000000,244810000000", "115490000000,129320000000,244180000000"),
    "partner-above-world": _beside_trade(
        "all,CHN,WLD,2024-01-01,2025-01-01,TOTAL,,,24000000000,10000000,gacc,exact,bne2025,"
    ),
    "partners-above-world": _beside_trade(
        "all,CHN,WLD,2024-01-01,2025-01-01,TOTAL,,,250000000000,10000000,gacc,exact,bne2025,",
        "prk,CHN,PRK,2024-01-01,2025-01-01,TOTAL,,,21800000000,10000000,gacc,exact,bne2025,",
    ),
    "own-partner": _beside_trade("own,CHN,CHN,2024-01-01,2025-01-01,TOTAL,,,5000000,,gacc,exact,bne2025,"),
    "unit-leap": _trade("115490000000,129320000000,244810000000,10000000", "115490,129320,244810,10"),
    "code-of-no-state": _beside_trade("typo,CHN,PKR,2024-01-01,2025-01-01,TOTAL,,,5000000,,gacc,exact,bne2025,"),
    "ranges-overlap": Cause(
        files={
            "record/unrecorded.csv": _UNRECORDED
            + "arms-2023,PRK,RUS,2023-01-01,2024-01-01,arms,3,5,x,estimate,bne2025,\n"
            + "arms-2023-2024,PRK,RUS,2023-01-01,2025-01-01,arms,4,9,x,estimate,bne2025,\n"
        }
    ),
    "tonnes-against-barrels": Cause(
        files={
            "record/deliveries.csv": _DELIVERIES
            + "chn-2023,CHN,PRK,oil,2023-01-01,2024-01-01,70000,70000,,un,exact,bne2025,\n"
        }
    ),
    "theft-twice": Cause(
        files={"record/thefts.csv": _THEFTS.replace(",b,fbi", ",,fbi").replace(",a,un-panel", ",,un-panel")}
    ),
    "theft-unit": Cause(
        files={"record/thefts.csv": _THEFTS.replace(",b,fbi", ",,fbi").replace("A bank,30000000", "B firm,30")}
    ),
    "unknown-row": Cause(files={"record/thefts.csv": _THEFTS.replace(",b,fbi", ",c,fbi")}),
    "told-twice": Cause(files={"record/votes.csv": _VOTES_TWICE}),
    "same-circle": Cause(files={"record/thefts.csv": _THEFTS}),
    "published-unclear": Cause({"record/sources.csv": (",2025,C", ",spring 2025,C")}),
    "bad-code": _trade("gacc-chn-rus-2023,CHN,", "gacc-chn-rus-2023,China,"),
    "bad-value": _case("as_of = 2025-12-31", 'as_of = "the end of 2024"'),
    "bug": _bug,
    "character-hidden": _case('author = "', 'author = "\\u202e'),
    "memory-short": Cause(within=_little_memory),
    "name-not-utf8": Cause(
        files={"day\udcff.csv": _POSITIONS}, command=("run", CASE, "--positions", f"{CASE}/day\udcff.csv")
    ),
    "output-failed": _no_room,
    "cap-without-unit": Cause(
        files={
            "record/provisions.csv": _PROVISIONS + "coal,2321,PRK,coal,cap,7500000,,2017-01-01,2017-08-05,bne2025,\n"
        }
    ),
    "vessel-unnumbered": Cause(files={"record/vessels.csv": _VESSELS + "aurora,Aurora,,,tanker,5000,bne2025,\n"}),
    "listing-empty": Cause(files={"record/designated_vessels.csv": _LISTINGS + "aurora,,UN,named,,bne2025\n"}),
    "date-incomplete": Cause(
        files={"record/designated_vessels.csv": _LISTINGS + "aurora,Aurora,UN,named,2024-05-01,bne2025\n"}
    ),
    "imo-none": Cause(files={"record/vessels.csv": _VESSELS + "aurora,Aurora,0000000,,tanker,5000,bne2025,\n"}),
    "imo-check": Cause(files={"record/vessels.csv": _VESSELS + "aurora,Aurora,9074728,,tanker,5000,bne2025,\n"}),
    "case-missing": Cause(command=("check", "mycase")),
    "cell-empty": _trade("240110000000,10000000,gacc,exact", "240110000000,10000000,,exact"),
    "cell-unreadable": _trade("gacc-chn-rus-2023,CHN,RUS,2023-01-01", "gacc-chn-rus-2023,CHN,RUS,1 January 2023"),
    "column-missing": _trade("id,territory,partner,", "id,territory,with,"),
    "column-nested": _nested_parquet,
    "column-repeated": _trade("source,note", "source,source"),
    "column-unknown": _trade("source,note", "source,notes"),
    "dates-backwards": _trade(
        "gacc-chn-rus-2023,CHN,RUS,2023-01-01,2024-01-01", "gacc-chn-rus-2023,CHN,RUS,2023-01-01,2023-01-01"
    ),
    "engine-failed": _unanswerable,
    "engine-missing": Cause(command=("run", CASE, "--engine", "spark://local[2]"), within=_no_spark),
    "evidence-cycle": Cause(
        {
            "claims.toml": (
                'measure = "stance.trend"\nplanned = true',
                'measure = "hypotheses.posterior"\narguments = { favours = ["content"], against = ["wary"] }',
            )
        },
        {"hypotheses.toml": _RIVALS.replace('source = "bne2025"', 'claim = "words"')},
    ),
    "file-kind": Cause(
        {"case.toml": ("[citation]", '[record]\ntrade = "record/trade.docx"\n\n[citation]')}, {"record/trade.docx": "x"}
    ),
    "table-foreign": Cause(files={"record/trade.csv": "Reporter Code,Reporter,Commodity Code,Trade Value (US$)\n"}),
    "file-packed": Cause(files={"record/votes.csv.gz": gzip.compress(_ROLL_CALL.encode())[:-9]}),
    "file-unread": Cause(files={"record/trade.xlsx": "x"}),
    "workbook": Cause(files={"record/votes.xlsx": "x"}),
    "workbook-sheets": Cause(files={"record/votes.xlsx": xlsx(_SHEETS)}),
    "read-as": Cause(files={"record/votes.csv": _ROLL_CALL.replace(",", ";")}),
    "quote-open": Cause(files={"record/votes.csv": _ROLL_CALL.replace(",", ";").replace("R/1", '"R"1')}),
    "days-undecided": Cause(files={"record/votes.csv": _ROLL_CALL.replace("2024-01-31", "01/02/2024")}),
    "numbers-undecided": Cause(
        files={
            "record/deliveries.csv": _DELIVERIES + 'rus,RUS,PRK,oil,2023-01-01,2024-01-01,"1,500",,,un,exact,bne2025,\n'
        }
    ),
    "table-unread": Cause(files={"record/votes.csv": _ROLL_CALL.replace("2024-01-31", "in January")}),
    "file-missing": _case("[citation]", '[record]\ntrade = "record/trades.csv"\n\n[citation]'),
    "file-unreadable": _damaged_parquet,
    "folder-not-empty": Cause(command=("new", CASE)),
    "header-missing": Cause(files={"record/votes.csv": ""}),
    "identities-damaged": _identities(
        "check", "identities.tumen", typed="a passphrase\n", change=lambda data: data[:99]
    ),
    "identities-extra": _no_cryptography,
    "identities-inside": Cause(
        command=("identities", "add", f"{CASE}/identities.tumen"), typed="a b c\na b c\nofficial-1\nA Name\n"
    ),
    "identities-locked": _identities("show", "identities.tumen", typed="a guess\n"),
    "identities-missing": Cause(command=("identities", "show", "identities.tumen"), typed="a passphrase\n"),
    "identities-newer": _identities(
        "show", "identities.tumen", typed="a passphrase\n", change=lambda data: data.replace(b" 1\n", b" 2\n", 1)
    ),
    "identities-passphrase": Cause(
        command=("identities", "show", "identities.tumen", "--passphrase-file", "phrase.txt")
    ),
    "identities-busy": _busy,
    "identities-repeated": _identities("add", "identities.tumen", typed="a passphrase\nofficial-1\n"),
    "id-repeated": _trade("gacc-chn-rus-2023-b", "gacc-chn-rus-2023"),
    "day-order": _icews(_ICEWS + _VISIT.replace("2024-03-01", "3/4/2024")),
    "import-cut": _icews(gzip.compress((_ICEWS + _VISIT * 9).encode())[:-9], "events.tab.gz"),
    "import-latin": _icews((_ICEWS + _VISIT + _VISIT.replace("China", "Côte d'Ivoire")).encode("latin-1")),
    "import-layout": _icews("day\tone\tother\n"),
    "import-none": _icews(_ICEWS + _VISIT.replace("2024-03-01", "March")),
    "import-unreadable": _icews(""),
    "key-missing": _claims('cites = "chapter on China, paragraph 1"\n', ""),
    "line-too-long": Cause(files={"record/votes.csv": "x" * (MAX_LINE_BYTES + 1)}),
    "listed-unreadable": _listed("country,day\nALPHA,12\n"),
    "listed-doubtful": _listed("name,imo\nALPHA,0000000\n"),
    "listed-left-out": _listed("name,imo,type\nALPHA,,Vessel\nA COMPANY,,Organization\n"),
    "kind-unloadable": Cause(command=("measures",), within=_other_package),
    "narrow-description": _described,
    "negative": _trade(",240110000000,10000000,gacc,exact", ",-240110000000,10000000,gacc,exact"),
    "never-votes": Cause(
        files={
            "list.csv": "ms_code,ms_vote,date,resolution\nCHN,X,2024-12-03,A/RES/79/1\nRUS,Y,2024-12-03,A/RES/79/1\n"
        },
        command=("import", "votes", f"{CASE}/list.csv", "--into", CASE, "--source", "bne2025"),
    ),
    "no-system": Cause(command=("whatif", CASE, "--set", "CHN.support=squeeze")),
    "no-claims": Cause(files={"claims.toml": "# nothing yet\n"}),
    "no-figure": _trade(",240110000000,10000000,gacc,exact", ",,10000000,gacc,exact"),
    "not-allowed": _trade(
        "10000000,gacc,exact,bne2025,\ngacc-chn-rus-2023-b", "10000000,gacc,exactly,bne2025,\ngacc-chn-rus-2023-b"
    ),
    "not-finite": Cause(
        files={"record/deliveries.csv": _DELIVERIES + "rus,RUS,PRK,oil,2023-01-01,2024-01-01,inf,,,un,exact,bne2025,\n"}
    ),
    "not-utf8": Cause(
        files={"record/votes.csv": b"date,resolution,actor,vote,source\n2024-01-01,\x81,CHN,Y,bne2025\n"}
    ),
    "nothing-against": _rivals("wary = -1, content = 2", "wary = -1, content = 1"),
    "fits-both": _rivals("[[evidence]]", _TOAST + "[[evidence]]"),
    "scored-alone": _rivals(
        "[[evidence]]", _TOAST.replace('contrary = ["statement"]\n', "").replace("wary = 0, ", "") + "[[evidence]]"
    ),
    "one-explanation-decides": _about_rivals("{ above = 0.5 }"),
    "bound-of-posterior": _about_rivals("{ above = 0.8 }"),
    "coder-repeated": _rivals("[[evidence]]", _MATRIX * 2 + "[[evidence]]"),
    "unknown-evidence": _rivals("[[evidence]]", _MATRIX.replace("statement", "statment") + "[[evidence]]"),
    "nothing-discriminates": _rivals("wary = -1, content = 2", "wary = 1, content = 1"),
    "nul-byte": Cause(files={"record/votes.csv": b"date,resolution,actor,vote,source\n\x00\n"}),
    "over-budget": Cause(files={"claims.toml": "#" * 4_000_001}),
    "only-protected-support": _protected(),
    "path-outside": _case("[citation]", '[record]\ntrade = "../trade.csv"\n\n[citation]'),
    "findings-out": _detect(out="found.xlsx"),
    "ports-none": _detect(),
    "ports-none-focal": _feasible("false"),
    "calls-not-looked-for": Cause(
        files={"day.csv": _POSITIONS}, command=("run", CASE, "--positions", f"{CASE}/day.csv")
    ),
    "ports-row": _detect(ports="name,lon,lat\nBeta,182.5,3\n"),
    "ports-unreadable": _detect(ports="name,lon\n"),
    "raw-missing": _detect("week*.csv"),
    "positions-column": _positions(_POSITIONS, options=("--column", "name=Nmae")),
    "positions-dates": _positions(_POSITIONS.replace("2024-01-01", "03/10/2024")),
    "positions-letters": _positions(
        _POSITIONS.replace("3\n", "3\xd8\n").encode("latin-1") + b"2,2024-01-01 00:00:00,2,3\n"
    ),
    "positions-longitudes": _positions(_POSITIONS + "1,2024-01-02 00:00:00,210,3\n1,2024-01-03 00:00:00,211,3\n"),
    "positions-tenths": _positions("MMSI,TIMESTAMP,LON,LAT,SPEED,STATUS\n1,2024-01-01 00:00:00,2,3,104,0\n"),
    "positions-cut": _positions(gzip.compress(_POSITIONS.encode())[:-9], "day.csv.gz"),
    "positions-none": _positions("mmsi,t,lon,lat\n1,,2,3\n"),
    "positions-out": _positions(_POSITIONS, out="none/day.parquet"),
    "positions-swapped": _positions("mmsi,t,lon,lat\n1,2024-01-01 00:00:00,38,125\n"),
    "positions-unreadable": _positions(""),
    "positions-zones": _positions(_POSITIONS + "2,2024-01-01 00:00:00Z,2,3\n"),
    "sentences-not-understood": _positions(f"1710028800 {_SENTENCE}{_SENTENCE.replace('*73', '*74')}", "day.nmea"),
    "sentences-tags": _positions(f"\\c:1710028800\\{_SENTENCE}", "day.nmea"),
    "planned-exists": _claims('measure = "stance.trend"', 'measure = "contact.ratio"'),
    "range-reversed": Cause(
        files={
            "record/unrecorded.csv": _UNRECORDED + "arms,PRK,RUS,2023-01-01,2024-01-01,arms,5,3,x,estimate,bne2025,\n"
        }
    ),
    "region-full": _claims("holds = { above = 0.90 }", "holds = { above = -0.10 }"),
    "unknown-decision": _claims("specifications = [", 'decisions = ["way"]\nspecifications = ['),
    "unused-decision": _claims("[[specification]]", f"{_DECISION}\n[[specification]]"),
    "option-twice": _claims("specifications = [", 'options = { publisher = "gacc" }\nspecifications = ['),
    "weight-unused": _claims("[[specification]]", "[[specification]]\nweight = 2"),
    "region-empty": _claims("holds = { above = 0.90 }", "holds = { below = -0.10 }"),
    "write-outside": _linked,
    "case-busy": _held,
    "input-changed": _changing,
    "run-incomplete": _stored(inputs=None),
    "versions-differ": _stored({"pyspark": "4.0.1"}),
    "raw-differs": _stored(raw={"positions": {"day.parquet": "0" * 64}}),
    "plugins-left-out": Cause(within=_open_to_everybody),
    "not-written": Cause(files={"../.tumen": "a file, where the folder of runs should be"}, command=("run", CASE)),
    "same-actor": Cause(
        files={"record/events.csv": _EVENTS + "e1,2024-01-01,day,CHN,CHN,visit,A visit,1,high,bne2025,\n"}
    ),
    "source-missing": _trade(
        "10000000,gacc,exact,bne2025,\ngacc-chn-rus-2023-b", "10000000,gacc,exact,,\ngacc-chn-rus-2023-b"
    ),
    "too-few-hypotheses": _rivals('[[hypothesis]]\nid = "wary"\nlabel = "wary"\ntext = "The state is wary."\n\n', ""),
    "toml-unreadable": _claims('measure = "continuity.ratio"', "measure = continuity.ratio"),
    "coders-swapped": Cause(
        files={"record/topics.csv": _TOPICS + "CHN-RUS,,the dyad\n", "record/statements.csv": _STATEMENTS + _CODED}
    ),
    "actor-without-moves": _system(*_RUSSIAS_MOVE),
    "aim-without-effects": _system('aim = "CHN.stability"', 'aim = "RUS.munitions"'),
    "unknown-aim": _system('aim = "CHN.stability"', 'aim = "CHN.stabilty"'),
    "unknown-move": _system('"RUS.support" = "court"', '"RUS.suport" = "court"'),
    "unknown-level": _system('"RUS.support" = "court"', '"RUS.support" = "cuort"'),
    "unknown-driver": _system('times = "war_need"', 'times = "war_ned"'),
    "driver-same-period": _system("before = true\n", ""),
    "level-left-out": _system("at-bay = 0.5, ", ""),
    "no-moves": Cause(files={"system.toml": 'note = "to be written"\n'}),
    "weights-zero": _system("weight = [0.2, 2.0]", "weight = [0.0, 0.0]"),
    "habit-decides": _system("scale = [-1, 0, 1]", "scale = [-1, 0, 1]\nhabit = [15.0, 20.0]"),
    "precision-zero": _system("[0.5, 4.0]", "[0.0, 0.0]"),
    "period-forms": _system('"2025H2" = 0.2', '"2026" = 0.2'),
    "period-differs": _system(moves=_HELD.replace("2024-01-01", "2023-12-31", 1)),
    "second-level-same": _system(moves=_HELD.replace("at-bay,,high", "at-bay,at-bay,high", 1)),
    "coded-twice": _system(moves=_HELD + _HELD.split("\n")[0].replace("a,ann", "f,ann") + "\n"),
    "coded-unused": _system(
        moves=_HELD + _HELD.split("\n")[0].replace("a,ann", "f,ann").replace("support", "suport") + "\n"
    ),
    "not-coded": _system(moves="".join(line + "\n" for line in _HELD.split("\n")[:2])),
    "coders-differ": _system(moves=_HELD + _DIFFERING),
    "coding-gap": _system(moves=_HELD + "f,ann,2024H1,2024-01-01,2024-07-01,CHN,support,squeeze,,high,bne2025\n"),
    "all-constant": _system(moves=_HELD.replace("embrace", "at-bay").replace("ally", "court")),
    "one-actor": _system(*_RUSSIA),
    "topic-cycle": Cause(
        files={"record/topics.csv": _TOPICS + "CHN-RUS,CHN-RUS trade,the dyad\nCHN-RUS trade,CHN-RUS,their trade\n"}
    ),
    "unit-mismatch": _claims('unit = "ratio"', 'unit = "share"'),
    "no-state": _case('id = "CHN"', 'id = "CHM"'),
    "name-unmatched": _claims('options = { publisher = "gacc" } ', 'options = { publisher = "GACC" } '),
    "end-inclusive": _trade("2023-01-01,2024-01-01,TOTAL,,", "2023-01-01,2023-12-31,TOTAL,,"),
    "code-zero-lost": _trade("2024-01-01,TOTAL,,", "2024-01-01,30617,,"),
    "unknown-actor": _case('focal = "RUS"', 'focal = "PRK"'),
    "unknown-claim": Cause(command=("explain", CASE, "trade-continues")),
    "unknown-engine": Cause(command=("run", CASE, "--engine", "postgres://localhost")),
    "unknown-hypothesis": _rivals("wary = -1, content = 2", "weary = -1, content = 2"),
    "unknown-key": _claims('cites = "chapter on China, paragraph 1"', 'cite = "chapter on China, paragraph 1"'),
    "unknown-detector": _case("[citation]", "[detectors.encounter]\ndistance_m = 300\n\n[citation]"),
    "unknown-detector-lever": _case("[citation]", "[detectors.encounters]\ndistance = 300\n\n[citation]"),
    "errors-not-taken": _case("[citation]", "[errors.vote]\nbias = 0.1\nnoise = 0.1\n\n[citation]"),
    "errors-publisher-unknown": _case(
        "[citation]", '[[errors.trade.publisher]]\nname = "gac"\nbias = 0.1\nnoise = 0.1\n\n[citation]'
    ),
    "detector-lever-range": _case("[citation]", "[detectors.port-calls]\nentry_km = 5\n\n[citation]"),
    "unknown-lever": _claims("# A claim whose measure", '[[claim.lever]]\nname = "cif-fob"\n\n# A claim whose measure'),
    "lever-range": _claims(
        "# A claim whose measure", '[[claim.lever]]\nname = "cif_fob"\nhigh = 3.0\n\n# A claim whose measure'
    ),
    "unknown-measure": _claims('measure = "continuity.ratio"', 'measure = "continuity.ration"'),
    "unknown-source": _trade(
        "10000000,gacc,exact,bne2025,\ngacc-chn-rus-2023-b", "10000000,gacc,exact,bne2024,\ngacc-chn-rus-2023-b"
    ),
    "unknown-provision": Cause(
        files={
            "record/provisions.csv": "id,resolution,target,product,measure,start,source\n"
            "cap,1,CHN,oil,cap,2018-01-01,bne2025\n",
            "record/breaches.csv": "id,provision,witness_table,witness_row,shows,certainty\n"
            "b1,cap2,events,e1,broken,stated\n",
        }
    ),
    "unknown-specification": _claims(
        'specifications = ["as-printed", "imports-fob"]', 'specifications = ["as-print", "imports-fob"]'
    ),
    "unknown-table": Cause(files={"record/trades.csv": "id\n"}),
    "unknown-topic": Cause(
        files={
            "record/topics.csv": _TOPICS + "CHN-RUS,,the dyad\n",
            "record/statements.csv": _STATEMENTS + "s1,2024-01-05,day,spokesperson,CHN,CHN_RUS,0,neutral,,,,bne2025,\n",
        }
    ),
    "unused-specification": _claims(
        'specifications = ["as-printed", "imports-fob"]', 'specifications = ["as-printed"]'
    ),
}


def said(slug: str, folder: Path) -> str:
    """The message with this slug, brought about in a folder."""
    cause = CAUSES[slug]
    with inside(folder):
        text = cause.output() if isinstance(cause, Cause) else cause()
    lines = [line for line in text.splitlines() if line.endswith(f"[{slug}]")]
    assert lines, f"no message [{slug}] in:\n{text}"
    return re.sub(r"^(error|warning): ", "", lines[0])
