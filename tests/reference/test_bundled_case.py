"""The bundled case's numbers, each computed again by hand from the figures that its record prints."""

import csv
import datetime as dt
from collections import Counter
from functools import cache

import numpy as np
import pytest
from scipy import stats
from scipy.fft import dct

from tumen.judge.verdict import SpecificationVerdict, Verdict
from tumen.run import BUNDLED, evaluate

# What the record prints of 2023, in million USD. KOTRA, 'kotra-chn-2023' and 'kotra-wld-2023': with
# China and with all. China's customs, 'gacc-chn-2023'. The Kremlin's aide, with Russia, which KOTRA
# leaves out: 'russian-presidential-aide-rus-2023'.
KOTRA_CHINA, KOTRA_ALL, CUSTOMS_CHINA, RUSSIA = 2721.10, 2769.12, 2295.38, 34.4
REST = KOTRA_ALL - KOTRA_CHINA


#: The days of the two editions. By the second the figures of 2024 had been published.
FIRST, SECOND = dt.date(2024, 12, 31), dt.date(2026, 1, 31)


@cache
def verdicts(as_of: dt.date = SECOND) -> dict[str, Verdict]:
    """Every verdict of an edition of the bundled case, by claim."""
    return {v.claim.id: v for v in evaluate(BUNDLED, as_of=as_of).verdicts}


def under(claim: str, specification: str, as_of: dt.date = SECOND) -> SpecificationVerdict:
    """A claim under one of its specifications."""
    (found,) = [s for s in verdicts(as_of)[claim].specifications if s.run.id == specification]
    return found


def median(claim: str, specification: str) -> float:
    """The median of a specification's draws."""
    found = under(claim, specification).summary.median
    assert found is not None
    return found


def rows(table: str) -> list[dict[str, str]]:
    """A table of the record, read without tumen."""
    with (BUNDLED / "record" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_figures_above_are_the_records():
    printed = {row["id"]: row for row in rows("trade")}
    assert float(printed["kotra-chn-2023"]["total_usd"]) == KOTRA_CHINA * 1e6
    assert float(printed["kotra-wld-2023"]["total_usd"]) == KOTRA_ALL * 1e6
    assert float(printed["gacc-chn-2023"]["total_usd"]) == CUSTOMS_CHINA * 1e6
    assert float(printed["russian-presidential-aide-rus-2023"]["total_usd"]) == RUSSIA * 1e6


@pytest.mark.parametrize(
    ("specification", "share", "tolerance"),
    [
        # The rest is log-normal with a deviation of 1.55: the median of 4,000 draws strays by 0.03 of the rest.
        ("crude-counted+table-alone", KOTRA_CHINA / KOTRA_ALL, 1e-3),
        ("crude-counted+officials-added", KOTRA_CHINA / (KOTRA_ALL + RUSSIA), 1.5e-3),
        ("crude-left-out+table-alone", CUSTOMS_CHINA / (CUSTOMS_CHINA + REST), 1e-3),
        ("crude-left-out+officials-added", CUSTOMS_CHINA / (CUSTOMS_CHINA + REST + RUSSIA), 1.5e-3),
    ],
)
def test_chinas_share_of_2023(specification, share, tolerance):
    assert median("china-share-2023", specification) == pytest.approx(share, abs=tolerance)


def test_chance_of_chinas_share_is_that_of_the_rest_below_its_bound():
    # The total errs by a bias of 16.1 and a noise of 8.0 per cent; the rest has that as its standard deviation, and
    # what was printed as its median. China's figure errs by 9.5 and 5.9.
    relative = np.hypot(0.161, 0.080) * KOTRA_ALL / REST
    rest = np.sqrt(np.log((1 + np.sqrt(1 + 4 * relative**2)) / 2))
    deviation = np.hypot(rest, np.hypot(0.095, 0.059))
    chance = stats.norm.cdf(np.log(KOTRA_CHINA * 0.02 / 0.98 / REST) / deviation)
    found = under("china-share-2023", "crude-counted+table-alone").chance
    assert found is not None
    assert found.share == pytest.approx(chance, abs=0.03)


def test_chinas_share_of_2023_to_four_digits():
    assert round(KOTRA_CHINA / KOTRA_ALL, 4) == 0.9827
    assert round(KOTRA_CHINA / (KOTRA_ALL + RUSSIA), 4) == 0.9706


def test_seven_and_a_half_million_dollars_overturn_the_claim_as_kotra_prints_it():
    by_hand = KOTRA_CHINA / 0.98 - KOTRA_ALL
    assert by_hand == pytest.approx(7.5, abs=0.1)
    assert by_hand < RUSSIA, "what Russian officials state is more than four times that"
    assert KOTRA_CHINA / (KOTRA_ALL + by_hand) == pytest.approx(0.98)


def test_ways_to_count_chinas_share_do_not_agree():
    found = verdicts()["china-share-2023"]
    assert found.outcome == "depends"
    assert found.depends_on == (
        "whether the crude oil counts that KOTRA imputes to China",
        "whether the totals are added that Russian officials state",
    )
    # No table is exact enough for a bound that lies half a per cent of the total away.
    assert under("china-share-2023", "crude-counted+table-alone").outcome == "undetermined"
    assert under("china-share-2023", "crude-left-out+officials-added").outcome == "contradicted"


def test_recorded_dependence_changed_by_what_the_table_says():
    # KOTRA's totals with China and with all, million USD, by year; of two for all of 2022, 1,590 and
    # 1,586, the one with more digits.
    table = {
        2019: (3090, 3240),
        2020: (760.8, 863),
        2021: (681, 713),
        2022: (1530, 1586),
        2023: (2721.10, 2769.12),
        2024: (2640.87, 2696.11),
    }
    share = {y: china / everyone for y, (china, everyone) in table.items()}
    by_hand = (share[2023] + share[2024]) / 2 - sum(share[y] for y in range(2019, 2023)) / 4
    # The rest before is larger and errs more, so the median of the change lies a little below that of the table.
    assert median("dependence-recorded", "crude-counted+table-alone") == pytest.approx(by_hand, abs=0.01)
    assert verdicts()["dependence-recorded"].outcome == "supported"


def test_counting_arms_turns_the_same_sentence_over():
    found = verdicts()["dependence-total"]
    assert (found.outcome, found.depends_on) == ("depends", ("which unrecorded exchange counts as trade",))
    assert {s.outcome for s in found.specifications if s.run.id.startswith("oil-alone")} == {"supported"}
    assert {s.outcome for s in found.specifications if not s.run.id.startswith("oil-alone")} == {"contradicted"}


#: Arms of 2023 and 2024 by hand, million USD: the middle of a range (log-normal) times the part of its days in a year.
ARMS = {
    "naumann-2024": ((1700 * 5500) ** 0.5, "2022-02-24", "2024-10-28"),
    "naumann-2024-from-august": ((1700 * 5500) ** 0.5, "2023-08-01", "2024-10-28"),
    "naumann-2025": ((5600 * 9800) ** 0.5, "2023-01-01", "2025-10-01"),
    "kida": (19_200, "2023-08-01", "2025-04-01"),
}


@pytest.mark.parametrize("whose", ARMS)
def test_each_publisher_of_arms_counts_alone(whose):
    total, first, last = ARMS[whose]
    begins, ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    # KOTRA's trade with China and with all, what Russian officials state beside it, and the oil of 2024.
    rest = {2023: (2721.10, 2769.12, 34.4, 0.0), 2024: (2640.87, 2696.11, 0.0, (68 * 93) ** 0.5)}
    points = {p.when: p for p in under("dependence-total", f"arms-and-oil+{whose}").run.series}
    for year, (china, everyone, officials, oil) in rest.items():
        days = (min(ends, dt.date(year + 1, 1, 1)) - max(begins, dt.date(year, 1, 1))).days
        arms = total * days / (ends - begins).days
        by_hand = china / (everyone + officials + oil + arms)
        assert points[str(year)].median == pytest.approx(by_hand, abs=0.03)


def test_soldiers_and_lower_bounds_are_not_mixed_into_arms():
    used = {u.id for s in verdicts()["dependence-total"].specifications for u in s.run.used if u.kind == "arms"}
    assert used == {"guseinova-arms-2022-2024", "naumann-arms-2023-2025", "kida-arms-2023-2025"}


def test_north_korea_is_less_than_half_a_thousandth_of_chinas_trade():
    # China's trade with all in 2023, the WTO's figure: 5.94 trillion USD.
    assert median("asymmetry", "kotra-figure+wto-total") == pytest.approx(KOTRA_CHINA / 5.94e6, rel=2e-3)
    assert verdicts()["asymmetry"].outcome == "supported"


def test_russia_china_trade_grew_by_what_chinas_customs_print():
    # The bias cancels; a noise of 7.4 per cent in each year lets the median of 4,000 draws stray by 0.002.
    assert median("russia-china-trade", "gacc") == pytest.approx(244.81 / 240.11, abs=6e-3)
    # Exports plus imports over 1.05 to 1.10: of 2024 over those of 2023.
    fob = [(115.49 + 129.32 / f) / (110.94 + 129.17 / f) for f in (1.05, 1.10)]
    assert min(fob) - 6e-3 < median("russia-china-trade", "gacc-fob") < max(fob) + 6e-3


def test_dual_use_trade_is_undetermined_and_says_which_months_are_missing():
    (found,) = evaluate(BUNDLED, only="russia-china-dual-use", as_of=FIRST).verdicts
    assert (found.outcome, found.probability, found.summary.median) == ("undetermined", None, None)
    before, after = found.missing
    months = [f"{dt.date(2023 + n // 12, n % 12 + 1, 1):%Y-%m}" for n in range(5, 30)]
    assert all(m in before for m in months[:12])
    assert all(m in after for m in months[13:])
    assert "2025-06 (after the case's date)" in after
    assert "2024-12 (after the case's date)" not in after
    notes = found.specifications[0].run.notes
    assert "2023-12: only a bound is published, at least 600 m USD" in notes[0]


def contacts_by_hand(one: str, other: str, *, within: int = 0, certain: bool = False) -> int:
    """Summits and visits from September 2023 to December 2024, counted from the file."""
    days = sorted(
        dt.date.fromisoformat(row["date"])
        for row in rows("events")
        if {row["source_actor"], row["target_actor"]} == {one, other}
        and row["kind"] in ("summit", "visit")
        and "2023-09-01" <= row["date"] < "2025-01-01"
        and (not certain or row["certainty"] == "high")
    )
    return sum(1 for n, day in enumerate(days) if n == 0 or (day - days[n - 1]).days > within)


@pytest.mark.parametrize(
    ("specification", "how", "counts"),
    [
        ("every-event", {}, (9, 3)),
        ("one-trip", {"within": 10}, (8, 3)),
        ("firm-events", {"within": 10, "certain": True}, (7, 3)),
    ],
)
def test_contacts_counted_by_hand(specification, how, counts):
    assert (contacts_by_hand("PRK", "RUS", **how), contacts_by_hand("CHN", "PRK", **how)) == counts
    notes = under("contact-shift", specification, FIRST).run.notes
    assert notes[:2] == (f"PRK–RUS: {counts[0]} contacts", f"CHN–PRK: {counts[1]} contacts")


def test_every_contact_can_be_walked_back_to():
    used = {u.id for u in under("contact-shift", "every-event", FIRST).run.used}
    listed = {
        row["id"]
        for row in rows("events")
        if {row["source_actor"], row["target_actor"]} in ({"PRK", "RUS"}, {"CHN", "PRK"})
        and row["kind"] in ("summit", "visit")
        and "2023-09-01" <= row["date"] < "2025-01-01"
    }
    assert used == listed


def test_petroleum_was_beyond_the_cap_in_four_years_at_least_and_2021_was_not_estimated():
    found = verdicts()["petroleum-cap"]
    assert found.outcome == "supported"
    assert found.missing == ("2021: an estimate of deliveries that were not notified",)
    for run in (s.run for s in found.specifications if s.chance):
        assert run.draws.min() >= 4
        assert run.bounds == {"lower"}
    assert verdicts()["petroleum-cap-each-year"].outcome == "undetermined"


@pytest.mark.parametrize(("specification", "load"), [("load-33", 0.33), ("load-50", 0.5), ("load-90", 0.9)])
def test_petroleum_of_2018_by_hand(specification, load):
    # Notified: China 19,188 t and Russia 29,237 t, of 7.5 to 8.33 barrels. Unreported: 3.78 million
    # barrels in tankers 90 to 100 per cent full, here at the specification's load. Cap: 500,000 barrels.
    notified = (19_188 + 29_237) * (7.5 + 8.33) / 2
    unreported = 3_780_000 / 0.95 * load
    (point,) = [p for p in under("petroleum-cap", specification).run.series if p.when == "2018"]
    # Grades add 2 to 3 per cent of the unreported part to a draw; its median moves by a fiftieth of it.
    assert point.median == pytest.approx(notified + unreported - 500_000, abs=0.003 * unreported)


def test_petroleum_of_2023_by_hand():
    # Firm figures of both suppliers, in barrels; 1,523,381 barrels at 90 per cent to mid-September.
    by_hand = 256_861 + 105_845 + 1_523_381 / 0.9 * 0.5 - 500_000
    (point,) = [p for p in under("petroleum-cap", "load-50").run.series if p.when == "2023"]
    assert point.median == pytest.approx(by_hand, rel=0.005)
    note = "2023: the estimate covers 2023-01-01 to 2023-09-15, not scaled up, so the year is a lower bound"
    assert note in under("petroleum-cap", "load-50").run.notes


def test_no_lever_is_said_to_decide_what_nothing_can_decide():
    points = verdicts()["petroleum-cap-each-year"].tipping_points
    assert points
    assert all(p.value is None for p in points if p.crossing in ("words", "verdict") and p.lever != "bound")


# KOTRA's table of North Korea's exports to all, in million USD: 'kotra-wld-2022', '-2023', '-2024'.
EXPORTS = {"2022": 159.0, "2023": 325.17, "2024": 360.44}


@pytest.mark.parametrize(
    ("year", "stolen"),
    [
        ("2022", (600 + 650) / 2 + 100),  # Ronin between two figures; Harmony
        ("2023", 100 + (60 + 65) / 2 + 37 + 41),  # Atomic Wallet; Alphapo between two; CoinsPaid; Stake
        ("2024", 16.13 + (305 + 308) / 2 + (230 + 235) / 2 + 50),  # Rain; DMM; WazirX; Radiant
    ],
)
def test_thefts_that_a_government_attributes_by_hand(year, stolen):
    (point,) = [p for p in under("hackers-steal", "governments-attribute").run.series if p.when == year]
    # Exports err by 18 per cent, so the median of 4,000 draws strays by 0.4.
    assert point.median == pytest.approx(stolen / EXPORTS[year], rel=0.015)


def test_the_theft_of_2019_is_in_no_year_of_the_claim():
    # A statement of 2025 lists Upbit, robbed in November 2019, with the thefts of 2024.
    upbit = {row["id"] for row in rows("thefts") if row["victim"].startswith("Upbit")}
    assert len(upbit) > 1
    assert len({row["duplicate_of"] for row in rows("thefts") if row["id"] in upbit} - {""}) == 1
    used = {u.id for s in verdicts()["hackers-steal"].specifications for u in s.run.used}
    assert not used & upbit


def test_a_firms_totals_by_hand():
    points = {p.when: p for p in under("hackers-steal", "chainalysis-totals").run.series}
    # 2022: 1,650 to 1,700 million; 2023: 660 to 660.5; 2024: 1,300 to 1,340.
    for year, stolen in (("2022", 1675), ("2023", 660), ("2024", 1320)):
        assert points[year].median == pytest.approx(stolen / EXPORTS[year], rel=0.015)


def test_a_firm_that_prints_no_total_of_a_year_is_no_way_to_count_it():
    printed = {row["start"][:4] for row in rows("theft_totals") if row["publisher"] == "trm"}
    assert "2024" not in printed
    used = {u.publisher for s in verdicts()["hackers-steal"].specifications for u in s.run.used}
    assert "trm" not in used


def test_workers_by_hand():
    assert median("workers-remain", "panel-all-hosts") == pytest.approx(80_000, rel=0.002)
    # At least 100,000 in China; in Russia 1,000 (Moscow) to 30,000 (Washington), with Seoul and the monitoring team, as
    # one carrier has it, between them.
    alone = under("workers-remain", "hosts-alone").run
    assert np.median(alone.draws) == pytest.approx(100_000 + (1_000 * 30_000) ** 0.5, rel=0.02)
    assert alone.bounds == {"lower"}
    assert alone.missing == ()
    after = {u.id: u for s in verdicts()["workers-remain"].specifications for u in s.run.used}
    starts = {row["id"]: row["start"] for row in rows("workers")}
    assert all(starts[name] >= "2019-12-22" for name in after)


def test_cases_of_coal_by_hand():
    # What a source of credibility 3 tells is true with 0.75, and its cases stand or fall together: that of March 2024,
    # those of early 2023 and the two of May 2025 are of three sources, the estimate of 2019 of a fourth.
    found = under("coal-at-sea", "any-case")
    assert found.run.figures == {"chance that at least one published case is true": pytest.approx(1 - 0.25**4)}
    assert found.run.effective == 4
    # Four standard errors of 4,000 draws.
    assert (found.run.draws > 0).mean() == pytest.approx(1 - 0.25**4, abs=0.004)
    assert found.chance is not None
    assert found.chance.low == 0.95, "so few observations say no more than that"
    assert found.chance.high == 1.0


def test_enough_claims_have_a_verdict_and_the_rest_say_what_they_wait_for():
    waiting = [v for v in verdicts().values() if v.outcome == "not measured yet"]
    assert len(verdicts()) - len(waiting) >= 12
    assert all(v.missing for v in waiting)


def test_every_verdict_names_rows_that_are_in_the_record():
    tables = (
        "trade",
        "events",
        "deliveries",
        "unreported",
        "workers",
        "thefts",
        "theft_totals",
        "evasion_cases",
        "statements",
        "answers",
        "questions",
    )
    known = {table: {row["id"] for row in rows(table)} for table in tables}
    for verdict in verdicts().values():
        for used in verdict.estimate.used if verdict.estimate else ():
            assert used.rows > 1 or used.table not in known or used.id in known[used.table], used


def test_the_remark_of_13_september_2023_counts_once_and_leaves_open_what_nobody_noted():
    found = verdicts()["russia-number-one"]
    once, each = (under("russia-number-one", s) for s in ("remarks-once", "renderings-each"))
    assert once.run.draws.max() == 1
    assert once.run.notes == ("distinct remarks: 1, in 3 renderings",)
    assert [u.id for u in once.run.used] == ["S013", "S014", "S015"]
    assert each.run.draws.max() == 3
    assert found.outcome == "undetermined"
    assert found.chance is not None
    assert (found.chance.low, found.chance.high) == (0.0, 1.0)


def test_beijings_reticence_counted_from_the_file():
    remarks = {
        (r["topic"], r["date"]): r["kind"] in ("non-answer", "deny-knowledge", "neutral")
        for r in rows("statements")
        if r["actor"] == "CHN" and r["topic"].startswith("PRK-RUS") and "2023-09-01" <= r["date"] < "2025-01-01"
    }
    assert (sum(remarks.values()), len(remarks)) == (9, 11)
    days = Counter(day for _, day in remarks)
    voices = 11**2 / sum(n * n for n in days.values())
    run = under("china-reticent", "remarks-once", FIRST).run
    assert (
        run.notes[0]
        == f"taking no position: 9 of 11 distinct remarks, 11 of 13 renderings, as {voices:.3g} independent ones"
    )
    assert run.effective == pytest.approx(voices)
    assert verdicts(FIRST)["china-reticent"].outcome == "supported"


def answers(coder: str, *topics: str) -> list[dict[str, str]]:
    """Answers of the ministry as one coder reads them."""
    return [r for r in rows("answers") if r["coder"] == coder and r["topic"] in topics]


@pytest.mark.parametrize(("way", "coder"), [("first-coder", "coder1"), ("second-coder", "coder2")])
def test_every_answer_on_the_partnership_takes_no_position(way, coder):
    mine = answers(coder, "PRK-RUS")
    assert len(mine) == 13
    assert {r["kind"] for r in mine} == {"non-answer", "deny-knowledge"}
    days = Counter(r["date"] for r in mine)
    posterior = stats.beta(13**2 / sum(n * n for n in days.values()) + 0.5, 0.5)
    found = under("china-reticent-answers", way).run
    assert np.quantile(found.draws, 0.05) == pytest.approx(posterior.ppf(0.05), abs=0.02)
    assert "2 coders of 13 answers: Krippendorff's alpha 1.00 on kind" in found.notes
    assert verdicts()["china-reticent-answers"].outcome == "supported"


@pytest.mark.parametrize("coder", ["first-coder", "second-coder"])
def test_answers_that_lean_against_pressure_by_hand(coder):
    mine = answers(
        coder.replace("first-coder", "coder1").replace("second-coder", "coder2"), "PRK pressure", "PRK sanctions"
    )
    rng, drawn = np.random.default_rng(1), []
    for year in ("2021", "2022", "2023"):
        of = [r for r in mine if r["date"].startswith(year)]
        against = sum(r["kind"] == "oppose" or int(r["stance"]) < 0 for r in of)
        voices = len(of) ** 2 / sum(n * n for n in Counter(r["date"] for r in of).values())
        share = against / len(of)
        drawn.append(rng.beta(share * voices + 0.5, (1 - share) * voices + 0.5, 20_000))
    found = under("china-against-pressure-answers", f"by-stance+{coder}")
    assert np.mean(found.run.draws > 0.5) == pytest.approx(np.mean(np.min(drawn, axis=0) > 0.5), abs=0.03)
    assert verdicts()["china-against-pressure-answers"].outcome == "undetermined"


def test_a_year_without_a_remark_against_pressure_leaves_the_claim_open():
    found = verdicts(FIRST)["china-against-pressure"]
    assert [m[:4] for m in found.missing] == ["2017", "2018", "2019"]
    assert found.outcome == "undetermined"
    against = {r["date"][:4] for r in rows("answers") if r["kind"] == "oppose"}
    note = under("china-against-pressure", "year-oppose-only", FIRST).run.notes[0]
    assert note == f"years with such a remark: {', '.join(sorted(against))}"


@pytest.mark.parametrize(
    ("specification", "counted", "outcome"),
    [("oppose-only", 0, "undetermined"), ("oppose-or-joint", 2, "undetermined"), ("oppose-by-stance", 4, "supported")],
)
def test_words_against_pressure_depend_on_what_counts_as_opposing(specification, counted, outcome):
    found = under("china-against-pressure-share", specification, FIRST)
    assert found.run.notes[0].startswith(f"counted: {counted} of 5 distinct remarks")
    assert found.outcome == outcome
    assert verdicts(FIRST)["china-against-pressure-share"].outcome == "depends"


def test_words_and_deeds_counted_from_the_file():
    signs = [
        int(r["sign"])
        for r in rows("events")
        if (r["source_actor"], r["target_actor"]) == ("CHN", "PRK") and r["kind"] != "statement" and r["date"] < "2025"
    ]
    notes = under("words-warmer-than-deeds", "deeds-all", FIRST).run.notes
    assert notes[0] == "remarks: 12, mean +0.50, as 12 independent ones"
    assert notes[1].startswith(f"deeds: {len(signs)}, mean {sum(signs) / len(signs):+.2f}, as ")
    assert {verdicts(FIRST)[f"words-{how}-than-deeds"].outcome for how in ("warmer", "colder")} == {"depends"}


@pytest.mark.parametrize(("way", "named_in"), [("in-question", "question"), ("anywhere", "anywhere")])
def test_questions_on_taiwan_and_north_korea_counted_from_the_file(way, named_in):
    months = [r for r in rows("questions") if r["named_in"] == named_in and r["end"] <= "2024-04-01"]
    by_topic = {t: [int(r["naming"]) for r in months if r["topic"] == t] for t in ("TWN", "PRK")}
    over, under_ = (np.array(by_topic[t], dtype=float) for t in ("TWN", "PRK"))
    assert len(over) == len(under_) == 43
    moves = over / over.mean() - under_ / under_.mean()
    error = np.sqrt(np.mean(dct(moves, norm="ortho")[1:5] ** 2) / 43)  # 0.4 × 43^(2/3) = 4.9
    chance = stats.t(4).cdf(np.log(over.sum() / under_.sum() / 2) / error)
    found = under("taiwan-first", way).run
    assert np.median(found.draws) == pytest.approx(over.sum() / under_.sum(), rel=0.01)
    assert np.mean(found.draws > 2) == pytest.approx(chance, abs=0.02)
    assert verdicts()["taiwan-first"].outcome == "supported"


def test_quoted_phrases_are_short():
    assert all(len(r["phrase"].split()) <= 12 for table in ("statements", "answers") for r in rows(table))
