"""A case over a trade table as large as customs publish: invented figures, for timing only."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ROWS = 10_000_000
TERRITORIES = 200

_TABLE = f"""
copy (
    select
        printf('T%02s', territory) as territory,
        printf('P%02s', partner) as partner,
        date '2023-01-01' as "start", date '2024-01-01' as "end",
        printf('%06d', code) as commodity,
        cast((i * 7919) % 1000003 as decimal(18, 2)) as exports_usd,
        cast((i * 104729) % 1000003 as decimal(18, 2)) as imports_usd,
        'customs' as publisher, 'dataset' as quality, 'simulated' as source
    from (
        select
            i, i // {ROWS // TERRITORIES} as t, (i % {ROWS // TERRITORIES}) // 500 as p, i % 500 as code,
            chr(65 + cast(t // 26 as int)) || chr(65 + cast(t % 26 as int)) as territory,
            chr(65 + cast(p // 26 as int)) || chr(65 + cast(p % 26 as int)) as partner
        from range({ROWS}) as r(i)
    )
) to '{{path}}' (format parquet)
"""

_CASE = """
title = "A large table of invented trade"
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
id = "share"
sentence = "share"
text = "An invented partner holds more than a hundredth of an invented state's trade."
cites = "nowhere"
measure = "dependence.share"
holds = { above = 0.01 }
arguments = { focal = "TAB", partner = "PAA", period = [2023-01-01, 2024-01-01] }
specifications = ["customs"]

[[specification]]
id = "customs"
label = "the invented customs"
options = { publisher = "customs" }
"""


def write_case(folder: Path) -> None:
    """Write the case and its table of ROWS rows, one for each territory, partner and code."""
    record = folder / "record"
    record.mkdir(parents=True)
    (folder / "case.toml").write_text(_CASE)
    (folder / "claims.toml").write_text(_CLAIMS)
    columns = "id,publisher,title,url,published,reliability,credibility,access"
    (record / "sources.csv").write_text(f"{columns}\nsimulated,nobody,simulated data,,,B,2,public\n")
    duckdb.sql(_TABLE.format(path=record / "trade.parquet"))


if __name__ == "__main__":
    write_case(Path(sys.argv[1]))
