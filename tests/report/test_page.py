"""The page: everything a case says is text in it, and nothing in it runs or fetches."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from tests.conftest import CaseFolder
from tests.measure.sightings import findings, match
from tumen.draw.figure import address
from tumen.report.page import page
from tumen.run import BUNDLED, evaluate

TODAY = dt.date(2026, 3, 4)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


class Tags(HTMLParser):
    """Every tag with its attributes, and ids."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.tags


@pytest.fixture(scope="module")
def bundled() -> str:
    return page(evaluate(BUNDLED))


def own_script(html: str) -> str:
    """The one script of a page, which is allowed by its hash."""
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'" in html
    assert html.count("script-src") == html.count("<script") == 1
    return str(script)


def test_the_policy_allows_the_one_script_that_tumen_brings_and_it_is_the_same_on_every_page(
    bundled: str, case_folder: CaseFolder
) -> None:
    ours = files("tumen.report").joinpath("page.js").read_text(encoding="utf-8")
    assert own_script(bundled) == own_script(page(evaluate(case_folder()))) == ours
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|fetch|import\(", ours)


def test_the_page_asks_the_network_for_nothing(bundled: str) -> None:
    for tag, attributes in tags_of(bundled):
        assert tag not in ("link", "iframe", "object", "embed", "img", "form")
        assert not any(name.startswith("on") or name in ("src", "xlink:href") for name in attributes)
    assert "default-src 'none'" in bundled
    assert "url(" not in bundled
    assert "@import" not in bundled


def test_every_measured_claim_has_its_article_and_every_planned_one_is_listed_apart(bundled: str) -> None:
    evaluation = evaluate(BUNDLED)
    articles = {a.get("id") for t, a in tags_of(bundled) if t == "article"}
    measured = {v.claim.id for v in evaluation.verdicts if v.estimate}
    planned = {v.claim.id for v in evaluation.verdicts if v.estimate is None}
    assert articles == measured | {"rival-explanations", "all-provisions", "the-system"} | (
        {"not-measured"} if planned else set()
    )
    assert all(f'<li id="{name}"' in bundled for name in planned)


def test_ids_are_unique_and_links_inside_lead_somewhere(bundled: str) -> None:
    found = [a["id"] for _, a in tags_of(bundled) if a.get("id")]
    assert len(found) == len(set(found))
    targets = [a["href"] for t, a in tags_of(bundled) if t == "a" and str(a.get("href")).startswith("#")]
    assert targets
    assert all(str(t)[1:] in found for t in targets)


def test_the_page_says_in_plain_words_what_would_overturn_a_verdict(bundled: str) -> None:
    missing = (
        "USD of trade with Russia missing from the table in each year from 2023 on brings the claim to as likely as"
    )
    assert missing in bundled
    assert "times the errors taken here bring the verdict to depends." in bundled
    assert "It depends on whether the crude oil counts that KOTRA imputes to China and whether the totals" in bundled
    assert "2023-06, 2023-07" in bundled


def test_an_estimate_is_said_with_what_it_is_of_and_its_unit(bundled: str) -> None:
    assert "<p>Estimated ratio of the flow after to the flow before: 1.02 (" in bundled
    assert "<p>Estimated the " not in bundled
    assert "<p>Estimate: " not in bundled


def foot(html: str) -> str:
    return re.sub(r"\s+", " ", html[html.index('id="page:cite"') : html.index("<details><summary>Run ")])


def test_the_foot_says_who_compiled_the_case_when_it_was_run_its_licence_and_how_to_cite_it(
    case_folder: CaseFolder,
) -> None:
    keys = 'title = "A small case"\ncompiler = "Ann <b>\\u202e"\nlicence = "CC BY 4.0"'
    html = foot(page(evaluate(case_folder(edits={"case.toml": ('title = "A small case"', keys)})), TODAY))
    assert "Compiled by Ann &lt;b&gt;\\u202e. Run on 2026-03-04. Licence of the case: CC BY 4.0.</p>" in html
    assert "compiled by Ann &lt;b&gt;\\u202e. Tumen " in html


def test_where_a_case_does_not_say_its_licence_the_foot_says_so_and_names_no_compiler(case_folder: CaseFolder) -> None:
    html = foot(page(evaluate(case_folder())))
    assert "<p>Licence of the case: not stated.</p>" in html
    assert "ompiled by" not in html


def test_sentences_of_the_bundled_page_name_no_table_claim_or_publisher_by_its_id(bundled: str) -> None:
    evaluation = evaluate(BUNDLED)
    claims = "|".join(v.claim.id for v in evaluation.verdicts if "-" in v.claim.id)
    tables = "|".join(name for name in evaluation.kinds.tables if "_" in name)
    names = "|".join(evaluation.case.header.called)
    articles = re.findall(r"<article [^>]*data-claim.*?</article>", bundled, re.DOTALL)
    prose = re.sub(r"<(svg|figure|code)\b.*?</\1>|<[^>]*>", " ", "".join(articles), flags=re.DOTALL)
    assert len(articles) == 37
    assert "Carnegie&#39;s figures of the 50 high-priority codes before: 2023-06" in prose
    assert not re.findall(rf"(?<![\w/-])(?:{claims}|{tables}|{names})(?![\w/-])", prose)


def test_actors_of_a_row_go_by_their_names_and_its_id_stays(bundled: str) -> None:
    assert "<code>trade/kotra-chn-2023: 2023, North Korea–China, all goods: 2.72 bn USD</code>" in bundled


def test_large_figures_of_rows_and_of_estimates_are_written_alike(bundled: str) -> None:
    rows = re.findall(r"<code>([a-z_]+/.*?)</code>", bundled)
    assert any(row.endswith(": 2.72 bn USD") for row in rows)
    assert not [row for row in rows if re.search(r"\d(,\d{3}){2}", row)]
    told = r": got [^<]*\[[a-z-]+\]"  # of a file, whose cells are told as they stand there
    prose = re.sub(rf"<(table|svg|style)\b.*?</\1>|<code>.*?</code>|{told}", "", bundled, flags=re.DOTALL)
    assert not re.search(r"\d(,\d{3}){2}|\d (million|billion) USD|\de[+-]\d", prose)


def test_every_chart_has_words_and_a_table_beside_it(bundled: str) -> None:
    assert bundled.count("<figure>") == bundled.count("The same as a table")
    told = bundled.count("Too few for a picture; the table has them.")
    told += len(re.findall(r"Every value is [^;<]*; the table has them\.", bundled))
    assert bundled.count("<figure>") == bundled.count('role="img"') + told
    assert bundled.count("<figure>") >= 12
    assert "var(--ink)" in bundled


def test_whatever_a_case_says_is_inert(case_folder: CaseFolder) -> None:
    toml = HOSTILE.replace('"', '\\"')
    cell = HOSTILE.replace('"', '""')
    folder = case_folder(
        {
            "record/sources.csv": "id,publisher,title,url,published,reliability,credibility,access,note\n"
            f'book,"{cell}","{cell}",javascript:alert(1),2024,B,2,public,\n'
        },
        {
            "case.toml": (
                'title = "A small case"',
                f'title = "{toml}"\ncompiler = "{toml}"\nlicence = "{toml}"\nnames = {{ TOTAL = "{toml}" }}',
            ),
            "claims.toml": ('label = "the yearbook\'s table as printed"', f'label = "{toml}"'),
            "record/trade.csv": ("with-b,AAA", "<script>alert(2)</script>,AAA"),
        },
    )
    html = page(evaluate(folder))
    tags = tags_of(html)
    assert [t for t, _ in tags if t in ("script", "img")] == ["script"]
    assert "alert" not in own_script(html)
    assert not [a for _, attributes in tags for a in attributes if a.startswith("on")]
    assert "javascript:" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert re.search(r"<code>trade/[^<]*, &lt;script&gt;alert\(1\)", html)


def test_protected_sources_are_not_named(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"record/sources.csv": ("public", "chatham-house")})
    html = page(evaluate(folder))
    assert "a protected source" in html
    assert "Yearbook of Trade" not in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", 'https://x.org/" onclick=1', "ftp://x.org", ""]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert address(url) == ""


def test_rows_that_could_not_be_read_are_shown(case_folder: CaseFolder) -> None:
    folder = case_folder(
        edits={
            "record/trade.csv": (
                "with-all,AAA,WLD",
                "odd,AAA,CCC,2023-01-01,2024-01-01,TOTAL,x,,,,yearbook,exact,book,\nwith-all,AAA,WLD",
            )
        }
    )
    evaluation = evaluate(folder)
    html = page(evaluation)
    assert re.search(r"Rows left out because a cell could not be read:</strong> trade 1", html)
    (verdict,) = evaluation.verdicts
    assert verdict.confidence is not None
    assert "1 row of the tables could not be read" in [c.why for c in verdict.confidence.caps]


@pytest.mark.parametrize(
    ("number", "shown", "more"), [(50, 50, ""), (52, 50, "Not shown: 2 more ships; run.json has all.")]
)
def test_of_ships_that_may_be_on_a_list_the_surest_fifty_are_shown_and_the_rest_is_counted(
    case_folder: CaseFolder, number: int, shown: int, more: str
) -> None:
    named = [match(n, "listed-name", score=95.0) for n in range(1, number)]
    made = replace(evaluate(case_folder()), findings={"positions": findings(matches=[*named, match(number)])})
    html = page(made)
    table = html[html.index("<h3>Ships that may be on a list</h3>") : html.index("Detectors and their levers")]
    ships = re.findall(r"MMSI (\d+); 2023-05-01", table)
    assert (len(ships), ships[0]) == (shown, str(number)), "a number is surer than a name"
    assert re.findall(r"Not shown: \d+ more ships?; run.json has all\.", table) == [more] * bool(more)
