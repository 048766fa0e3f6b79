"""What `tumen import ais` says of what it kept and left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tumen.ais.import_ais import positions_summary
from tumen.ais.position_table import Reading


@pytest.mark.parametrize(
    ("rows", "vessels", "left", "said"),
    [
        (
            1,
            1,
            1,
            "1 position of 1 vessel, 2024-01-01 00:00 to 2024-01-02 00:00 UTC, written to out.parquet.\nLeft "
            "out: 1 row.",
        ),
        (
            2000,
            2,
            3,
            "2,000 positions of 2 vessels, 2024-01-01 00:00 to 2024-01-02 00:00 UTC, written to out.parquet.\n"
            "Left out: 3 rows.",
        ),
    ],
)
def test_numbers_are_told_in_words_that_fit_them(rows: int, vessels: int, left: int, said: str) -> None:
    reading = Reading(rows, vessels, dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2), {"a.csv": {"no MMSI": left}}, ())
    assert positions_summary(reading, Path("out.parquet")) == f"{said}\n  a.csv\n    {left:>10,}  no MMSI"
