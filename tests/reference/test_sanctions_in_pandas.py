"""Claims about sanctions in the bundled case, worked out again from its files with pandas, without tumen."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from tests.reference.test_bundled_case import SECOND, under, verdicts
from tumen.run import BUNDLED

#: Chance that a source tells the truth, by its credibility, as the measures' pages print it.
TRUTH = {"1": 0.98, "2": 0.90, "3": 0.75, "4": 0.50, "5": 0.20, "6": 0.50}

CHANNELS = ("coal", "oil", "workers", "cash-out")


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(BUNDLED / "record" / f"{name}.csv", dtype=str, keep_default_na=False)


def told(name: str) -> pd.DataFrame:
    """Rows that were known by the day, with the origins of their sources and the chances that these are right."""
    sources = table("sources").set_index("id")
    rows = table(name)
    own = rows["published"] if "published" in rows else pd.Series("", index=rows.index)
    of_source = rows["source"].map(sources["published"])
    known = own.where(own != "", of_source)
    last_day = known.where(known.str.len() != 4, known + "-12-31")
    last_day = last_day.where(last_day.str.len() != 7, last_day + "-31")
    origin = rows["source"].map(sources["origin"])
    rows = rows.assign(
        origin=origin.where(origin != "", rows["source"]), truth=rows["source"].map(sources["credibility"]).map(TRUTH)
    )
    return rows[(known == "") | (last_day <= str(SECOND))]


def any_true(rows: pd.DataFrame) -> float:
    """One less the product, over origins, of the chance that its surest row is false."""
    return float(1 - (1 - rows.groupby("origin")["truth"].max()).prod())


def by_channel() -> Mapping[str, pd.DataFrame]:
    rows = told("evasion_parts")
    rows = rows[(rows["end"] > "2017-08-05") & (rows["part"] == "stated")]
    return {name: rows[rows["channels"].str.contains(rf"(?:^|\+){name}(?:\+|$)")] for name in CHANNELS}


def test_all_83_measures_of_the_resolutions_are_in_the_record() -> None:
    rows = table("provisions")
    assert len(rows) == 83
    assert rows["legal_force"].value_counts().to_dict() == {
        "rule": 63,
        "institution": 10,
        "call": 7,
        "draft": 2,
        "superseded": 1,
    }


def test_a_case_with_a_chinese_part_in_each_channel() -> None:
    figures = under("china-assists", "part-stated").run.figures
    for name, rows in by_channel().items():
        assert figures[f"chance of at least one true case, {name}"] == pytest.approx(any_true(rows), abs=1e-12)


def test_the_weakest_channel_has_as_many_origins_as_the_claim_rests_on() -> None:
    fewest = min(rows["origin"].nunique() for rows in by_channel().values())
    assert under("china-assists", "part-stated").run.effective == fewest


def test_the_chance_that_all_channels_have_a_case() -> None:
    # Origins that are true or false together in all channels, drawn again with other random numbers.
    rng = np.random.default_rng(5)
    stated = pd.concat(by_channel().values())
    uniform = {origin: rng.uniform(size=40_000) for origin in stated["origin"].unique()}
    every = np.ones(40_000, dtype=bool)
    for rows in by_channel().values():
        true = [uniform[origin] < truth for origin, truth in zip(rows["origin"], rows["truth"], strict=True)]
        every &= np.any(true, axis=0)
    draws = under("china-assists", "part-stated").run.draws
    # Five standard errors of 4,000 draws of a share near 0.98.
    assert (draws == len(CHANNELS)).mean() == pytest.approx(every.mean(), abs=0.012)


def shown_broken() -> Mapping[str, float]:
    """The chance that each provision was broken, by rows that state so, of a time when it was in force."""
    links = table("breaches")
    links = links[links["certainty"] == "stated"]
    provisions = table("provisions").set_index("id")
    found: dict[str, list[pd.Series]] = {}
    for name, mine in links.groupby("witness_table"):
        rows = told(str(name)).set_index("id")
        for link in mine.itertuples():
            if link.witness_row not in rows.index:
                continue
            row, rule = rows.loc[link.witness_row], provisions.loc[link.provision]
            day = row.get("date") or row.get("start")
            if rule["start"] <= day and (not rule["end"] or day < rule["end"]):
                found.setdefault(link.provision, []).append(row)
    return {name: any_true(pd.DataFrame(rows)) for name, rows in found.items()}


def test_provisions_that_rows_show_to_be_broken() -> None:
    standings = {one.id: one for one in under("provisions", "breaches-stated").run.standings}
    by_hand = shown_broken()
    for name, chance in by_hand.items():
        assert standings[name].chance == pytest.approx(chance, abs=0.03), name
    broken = {name for name, chance in by_hand.items() if chance >= 0.8} | {"2397-refined-petroleum"}
    assert {name for name, one in standings.items() if one.state == "broken"} == broken
    assert len(broken) >= 5


def test_the_year_since_which_the_cap_on_petroleum_is_broken() -> None:
    (cap,) = [s for s in under("provisions", "breaches-stated").run.standings if s.id == "2397-refined-petroleum"]
    assert cap.since == dt.date(2018, 1, 1)


@pytest.mark.parametrize(("specification", "load"), [("load-33", 0.33), ("load-50", 0.5), ("load-90", 0.9)])
def test_every_year_that_was_estimated_was_beyond_the_cap_by_printed_figures(specification: str, load: float) -> None:
    # Without any error: notified tonnes at 7.9 barrels, and the longest estimate of each year at the load.
    barrels = table("unreported").set_index("id")["barrels"].astype(float)
    notified = table("deliveries").set_index("id")
    tonnes = notified["tonnes"].replace("", "0").astype(float)
    told_of = {"2018": (tonnes["chn-2018"] + tonnes["rus-2018"]) * 7.9, "2019": tonnes["chn-rus-2019-b"] * 7.9}
    longest = {
        "2018": barrels["united-states-2018-load-90-100"] / 0.95,
        "2019": barrels["united-states-2019m01-m10-load-90-100"] / 0.95,
    }
    points = {p.when: p.median for p in under("petroleum-cap", specification).run.series}
    for year, full in longest.items():
        assert points[year] == pytest.approx(told_of[year] + full * load - 500_000, rel=0.03)
        assert points[year] > 0
    assert verdicts()["petroleum-cap"].outcome == "supported"
