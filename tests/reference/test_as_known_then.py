"""Verdicts of the bundled case as they would have been at ends of years: each by the rows that were known by then.

The reasons are read from the record's own tables. A source that gives a month or a year alone counts from its last
day; one without any date, such as the record of votes, counts as known from the day of what it tells.
"""

import csv
import datetime as dt

import pytest

from tumen.run import BUNDLED, evaluate

#: When the sources that the reasons name were published, as `sources.csv` has it.
PUBLISHED = {
    "upi2018": "2018-06-28",
    "nkc1812": "2018-12-12",
    "hk1904": "2019-04-23",
    "hani2020": "2020",
    "krnews2020": "2020",
    "asan2020": "2020",
    "taip2020": "2020-02-16",
    "scmp2020": "2020",
    "asiae2021": "2021-07-29",
    "rfa2403": "2024-03-21",
    "gsp-workers-still-in-russia": "2020-01-24",
    "at2024": "2024-07-21",
    "asiae2024": "2024-07-19",
    "wow2024g": "2024-01-18",
    "tass2024": "2024",
    "people2024": "2024-04-17",
    "csis_econ": "2025-09-04",
    "segye2025": "2025-07-28",
    "bne2025": "2025",
    "fpw2025": "2025-01-14",
    "kyivind2024": "2024-10-28",
    "genews2025": "2025-04-16",
    "expressgazette2025": "2025-09",
    "zumst2026": "2026",
    "unga-records": "",
    "cri-mfa-kim-visit": "2023-09-13",
    "joongang-south-sanctions-hong": "2024-07-18",
    "reuters-highs-lows-russia": "2024-06-17",
}

VERDICTS = [
    # Of 2018 China's deliveries to April and Russia's to September had been printed, and an estimate of others to
    # August (upi2018, nkc1812); the whole year came in April 2019 (hk1904). The years after had not happened.
    (
        2018,
        "petroleum-cap",
        "undetermined",
        {
            "2397-refined-petroleum",
            "chn-2018m01-m04",
            "rus-2018m01-m09",
            "united-states-2018m01-m08",
        },
        "2019: deliveries, notified or estimated",
    ),
    # KOTRA's 2019 was told of in 2020, with China (hani2020) and with all (krnews2020), and Asan's estimate of coal
    # (asan2020). 2020 itself came in 2021 (asiae2021).
    (
        2020,
        "dependence-total",
        "undetermined",
        {"kotra-chn-2019", "kotra-wld-2019", "asan-coal-2019"},
        "2020: kotra's figure for PRK with CHN",
    ),
    # An estimate for 2019, told of in 2020 (taip2020), is true with 0.75; no single transfer had been told of.
    (2020, "coal-at-sea", "undetermined", {"barges-2019"}, None),
    # Moscow and Washington gave figures for Russia in January 2020 (gsp-workers-still-in-russia). Those of the United
    # States for China begin on 1 December 2019, before the deadline (scmp2020); those of the Panel and of Radio Free
    # Asia's source for 2023 came in 2024 (rfa2403).
    (
        2021,
        "workers-remain",
        "undetermined",
        {"russia-rus-2020-01", "us-state-rus-2020-01"},
        "all hosts together: a figure (stock)",
    ),
    # The roll calls of 2022 alone: the record of votes has no date, so each counts from its day.
    (2022, "common-adversary-now", "undetermined", {"all members–USA in unga-records"}, None),
    # KOTRA's figures of 2023, and those of China's customs, came in 2024 (at2024, asiae2024, wow2024g).
    (2023, "china-share-2023", "undetermined", set(), "2023: kotra's figure for PRK with CHN"),
    # One remark of Beijing, a non-answer of 13 September 2023; the other twelve rows are of 2024.
    (2023, "china-reticent", "supported", {"S011"}, None),
    # A visit with Russia, a visit with China. The summit with Russia of September 2023 is in the record as an article
    # of June 2024 tells it (reuters-highs-lows-russia), so it does not count yet.
    (2023, "contact-shift", "undetermined", {"E106", "E111"}, None),
    # The remark of 13 September 2023, in three renderings.
    (2023, "russia-number-one", "undetermined", {"S013", "S014", "S015"}, None),
    # All four figures are of 2024 (at2024, asiae2024, wow2024g, tass2024), and ways to count them do not agree.
    (
        2024,
        "china-share-2023",
        "depends",
        {"kotra-chn-2023", "kotra-wld-2023", "gacc-chn-2023", "russian-presidential-aide-rus-2023"},
        None,
    ),
    # The WTO's total is known (people2024); the one that the OEC's shares imply was printed in 2025 (csis_econ).
    (
        2024,
        "asymmetry",
        "supported",
        {"kotra-chn-2023", "gacc-chn-2023", "wto-chn-wld-2023"},
        "2023: oec's figure for CHN with all partners",
    ),
    # The single transfer of March 2024, those of early 2023 (sud2310) and the estimate of 2019.
    (
        2024,
        "coal-at-sea",
        "supported",
        {"barges-2019", "sts-coal-ningbo-taishan-2023", "sts-tok-song-2024-03"},
        None,
    ),
    # All three figures of China's customs were read in one place of 2025 (bne2025): none at the end of 2024.
    (2024, "russia-china-trade", "undetermined", set(), "gacc's figures before: 2023"),
    (
        2025,
        "russia-china-trade",
        "supported",
        {"gacc-chn-rus-2023", "gacc-chn-rus-2023-b", "gacc-chn-rus-2024"},
        None,
    ),
]

#: Claims that wait for one late source: KOTRA's 2024 (segye2025), a government's list of the thefts of 2024 (fpw2025).
LATE = [
    ("dependence-recorded", "2024: kotra's figure for PRK with CHN"),
    ("hackers-steal", "2024: a theft with an attribution at least as firm as 'government'"),
]


def rows(table: str) -> list[dict[str, str]]:
    with (BUNDLED / "record" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_sources_were_published_when_the_reasons_say():
    found = {row["id"]: row["published"] for row in rows("sources")}
    assert {name: found[name] for name in PUBLISHED} == PUBLISHED


@pytest.mark.parametrize(("year", "claim", "outcome", "known", "missing"), VERDICTS)
def test_a_verdict_rests_on_what_was_known_by_the_end_of_the_year(year, claim, outcome, known, missing):
    (found,) = evaluate(BUNDLED, only=claim, as_of=dt.date(year, 12, 31)).verdicts
    assert {u.id for s in found.specifications for u in s.run.used} == known
    assert found.outcome == outcome
    assert any(text.startswith(missing) for text in found.missing) if missing else not found.missing


@pytest.mark.parametrize(("claim", "missing"), LATE)
def test_a_claim_waits_for_the_year_in_which_its_last_figure_was_published(claim, missing):
    (before,), (after,) = (evaluate(BUNDLED, only=claim, as_of=dt.date(y, 12, 31)).verdicts for y in (2024, 2025))
    assert (before.outcome, after.outcome) == ("undetermined", "supported")
    assert missing in before.missing
    assert after.missing == ()


@pytest.mark.parametrize(
    ("as_of", "lack"),
    [
        (dt.date(2024, 12, 31), {"naumann-2025", "kida"}),
        # KIDA's value was told of in April 2025 (genews2025), the foundation's second study that September.
        (dt.date(2025, 8, 31), {"naumann-2025"}),
        (dt.date(2026, 1, 31), set()),
    ],
)
def test_whose_value_of_arms_was_not_yet_known_lacks_evidence(as_of, lack):
    (found,) = evaluate(BUNDLED, only="dependence-total", as_of=as_of).verdicts
    said = {m.split("'")[0] for m in found.missing if m.endswith("range of unrecorded arms")}
    assert said == lack
