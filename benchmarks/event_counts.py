"""GDELT-shaped events, simulated, to dyad-day counts: rows a second, and CPU.

`python -m benchmarks.event_counts [ROWS] [URL]` makes the file, counts it on the engine, and prints the cost.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tumen.engine.backends import open_engine
from tumen.events.dyad_days import count_dyad_days
from tumen.record.readers.states import known_states

ROWS = 20_000_000

#: Of each: a number, a day of one year, two codes of states of which a few have most of the news, a code of 180, what
#: GDELT
#: adds, and an address that no count reads. Two rows in three have an actor missing or one state on both sides.
_TABLE = """
copy (
    with drawn as (
        select
            i, cast(floor(len($states) * pow(random(), 3)) as bigint) as one,
            cast(floor(len($states) * pow(random(), 3)) as bigint) as other,
            cast(floor(180 * pow(random(), 2)) as bigint) as kind, random() as kept, random() as score
        from range({rows}) as r(i)
    )
    select
        900000000 + i as GLOBALEVENTID,
        cast(strftime(date '2018-01-01' + cast(i * 365 // {rows} as int), '%Y%m%d') as int) as SQLDATE,
        case when kept > 0.1 then $states[1 + one] end as Actor1CountryCode,
        case when kept < 0.35 then $states[1 + other] when kept < 0.7 then $states[1 + one] end as Actor2CountryCode,
        printf('%02d%d', 1 + kind // 9, kind % 9) as EventCode, cast(1 + kind // 45 as int) as QuadClass,
        round(20 * score - 10, 1) as GoldsteinScale, cast(1 + 10 * score as int) as NumMentions, 10 * score - 5 as
        AvgTone,
        'https://news.example/' || cast(i // 3 as varchar) || '/a-simulated-headline-of-some-length' as SOURCEURL
    from drawn
) to '{path}' (format parquet, compression zstd)
"""


def write_events(path: Path, rows: int) -> None:
    """Write so many simulated events."""
    connection = duckdb.connect()
    connection.execute("select setseed(0.5)")
    connection.execute(_TABLE.format(rows=rows, path=path), {"states": sorted(known_states("cameo"))})
    connection.close()


def main(rows: int, url: str) -> None:
    """Make the events in a process of their own, count them, and print what it cost."""
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        file = Path(name) / "simulated.parquet"
        write_events(file, rows)
        engine = open_engine(url)
        before, start = _cpu_s(), time.perf_counter()
        count_dyad_days(engine, [file])
        wall_s, cpu_s = time.perf_counter() - start, _cpu_s() - before
        (told,) = engine.rows("select count(*) as dyad_days, sum(events) as events from dyad_days")
        engine.close()
    print(
        f"{rows:,} simulated events of GDELT to {told['dyad_days']:,} dyad-days with {told['events']:,} events "
        f"on {url}: "
        f"{wall_s:.2f} s, {rows / wall_s / 1e6:.2f} million rows a second; CPU {cpu_s:.2f} s, "
        f"{rows / cpu_s / 1e6:.2f} million rows a second of CPU (bound: 2 on two cores)"
    )


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS, sys.argv[2] if len(sys.argv) > 2 else "duckdb")
