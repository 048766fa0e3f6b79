"""A case over as many statements as a ministry makes in years: invented, for timing only."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ROWS = 100_000

_TABLE = f"""
copy (
    select
        printf('s%06d', i) as id, date '2015-01-01' + cast(i % 3650 as int) as "date", 'day' as date_precision,
        'spokesperson' as speaker, 'TAB' as actor, printf('topic%02d', (i * 7919) % 50) as topic,
        cast(i % 5 as bigint) - 2 as stance, case when i % 3 = 0 then 'non-answer' else 'endorse' end as kind,
        'invented words' as phrase, 'simulated' as source
    from range({ROWS}) as r(i)
) to '{{path}}' (format parquet)
"""

_CASE = """
title = "Many invented statements"
as_of = 2024-12-31
focal = "TAB"
seed = 1
simulated = true

[citation]
author = "nobody"
title = "none"
publisher = "none"
published = 2024-01-01

[[actor]]
id = "TAB"
name = "an invented state"
"""

_CLAIMS = """
[[claim]]
id = "reticent"
sentence = "reticent"
text = "An invented state takes no position in more than a tenth of its remarks."
cites = "nowhere"
measure = "stance.reticence"
holds = { above = 0.1 }
arguments = { actor = "TAB", topics = ["all"], period = [2015-01-01, 2025-01-01] }
"""


def write_case(folder: Path) -> None:
    """Write the case, its ROWS statements and the tree of their topics."""
    record = folder / "record"
    record.mkdir(parents=True)
    (folder / "case.toml").write_text(_CASE)
    (folder / "claims.toml").write_text(_CLAIMS)
    columns = "id,publisher,title,url,published,reliability,credibility,access"
    (record / "sources.csv").write_text(f"{columns}\nsimulated,nobody,simulated data,,,B,2,public\n")
    topics = "".join(f"topic{n:02},all,topic {n}\n" for n in range(50))
    (record / "topics.csv").write_text(f"id,parent,label\nall,,everything\n{topics}")
    duckdb.sql(_TABLE.format(path=record / "statements.parquet"))


if __name__ == "__main__":
    write_case(Path(sys.argv[1]))
