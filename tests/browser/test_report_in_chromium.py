"""The report in a real browser: offline, on a phone, in the dark, by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.conftest import CaseFolder
from tests.measure.sightings import call, dark, day, findings, met
from tests.sea.test_sea_map import QUAY, gap, pair
from tests.system.small_system import SYSTEM, system_files

from tumen.report.page import page
from tumen.run import BUNDLED, evaluate

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page(evaluate(BUNDLED, since=True)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sea_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report with findings at sea, written by hand and said to be simulated."""
    meetings = [met(day(10), lat=37.0), met(day(12), 3, 4, lat=36.0)]
    seen = findings(meetings, [call(day(5)), dark(day(8))], simulated=True)
    seen = replace(seen, ports=[QUAY], gaps=[gap(123.0, 124.0)], pairs=[pair(meetings[0].id)])
    path = tmp_path_factory.mktemp("sea-report") / "report.html"
    path.write_text(
        page(replace(evaluate(BUNDLED, only="coal-at-sea"), findings={"positions": seen})), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver") or "chromedriver")
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def open_at(browser: webdriver.Chrome, report: Path, width: int, height: int, scheme: str = "light") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get(report.as_uri())


def test_the_page_opens_from_a_file_without_a_word_on_the_console(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # Selenium leaves it untyped
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.title == "China, North Korea and Russia: three bilateral relations"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(browser: webdriver.Chrome, report: Path, width: int) -> None:
    open_at(browser, report, width, 900)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_phone_gets_the_narrow_charts_and_a_desk_the_wide_ones(browser: webdriver.Chrome, report: Path) -> None:
    for width, shown, hidden in ((390, "narrow", "wide"), (1000, "wide", "narrow")):
        open_at(browser, report, width, 900)
        browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert all(e.is_displayed() for e in browser.find_elements(By.CSS_SELECTOR, f"figure .{shown}"))
        assert not any(e.is_displayed() for e in browser.find_elements(By.CSS_SELECTOR, f"figure .{hidden}"))
        charts = browser.find_elements(By.CSS_SELECTOR, f"figure .{shown} svg")
        assert charts
        assert all(c.size["width"] > 200 and c.size["height"] > 60 for c in charts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_verdicts_stand_out_from_their_ground(browser: webdriver.Chrome, report: Path, scheme: str) -> None:
    open_at(browser, report, 1000, 900, scheme)
    ground = rgb(browser, "document.body", "backgroundColor")
    assert (sum(ground) < 200) == (scheme == "dark")
    card = rgb(browser, "document.querySelector('article')", "backgroundColor")
    for selector in ("p", "a", ".soft", ".chip.supported", ".chip.undetermined", "span.contradicted", "summary"):
        colour = rgb(browser, f"document.querySelector('article {selector}')", "color")
        assert contrast(colour, card) >= 4.5, selector
    text = rgb(browser, "document.querySelector('figure svg text')", "fill")
    assert contrast(text, card) >= 4.5


def test_every_part_can_be_reached_and_opened_by_keyboard(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    reached: list[str] = []
    for _ in range(80):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        active = browser.switch_to.active_element
        reached.append(active.tag_name)
        outline = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        if active.tag_name == "summary":
            active.send_keys(Keys.ENTER)
            assert browser.execute_script("return document.activeElement.parentElement.open")
            break
    assert reached[0] == "a"
    assert reached[-1] == "summary"


def can_be_seen(browser: webdriver.Chrome, selector: str) -> bool:
    """Whether the browser shows the first such element; Selenium takes all that is in a closed `details` for hidden."""
    script = "const e = document.querySelector(arguments[0]); return e.checkVisibility() && e.offsetHeight > 0"
    return bool(browser.execute_script(script, selector))


def claims_shown(browser: webdriver.Chrome) -> list[str]:
    """Ids of the claims that are displayed, in the picture; those displayed below must be the same."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('.overview li:not([hidden])')].map(e => e.dataset.claim)"
    )
    below: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('#verdicts [data-claim]:not([hidden])')].map(e => e.dataset.claim)"
    )
    assert found == below
    return found


def type_into(browser: webdriver.Chrome, where: str, *keys: str) -> None:
    """Press keys where somebody's keyboard would be. Some drivers take what is in a fold that the style holds open for
    hidden, and would type nothing into it.
    """
    assert can_be_seen(browser, where)
    browser.execute_script("document.querySelector(arguments[0]).focus()", where)
    for text in keys:
        ActionChains(browser).send_keys(text).perform()


def test_claims_are_filtered_by_verdict_subject_and_words_by_keyboard(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    every = claims_shown(browser)
    assert len(every) == 37
    type_into(browser, "#page\\:verdict", "does not")
    assert claims_shown(browser) == ["common-adversary-now"]
    assert browser.find_element(By.ID, "page:shown").text == "1 of 37 claims shown"
    hidden = browser.find_elements(By.CSS_SELECTOR, ".group")
    assert sum(group.is_displayed() for group in hidden) == 2
    type_into(browser, "#page\\:all", Keys.ENTER)
    assert claims_shown(browser) == every
    type_into(browser, "#page\\:subject", "Trade", Keys.TAB, "PIVOT")
    assert sorted(claims_shown(browser)) == ["dependence-recorded", "dependence-total"]


def test_a_total_and_what_changed_lead_to_their_claims_by_keyboard(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    browser.find_element(By.CSS_SELECTOR, ".counts .contradicted a").send_keys(Keys.ENTER)
    assert claims_shown(browser) == ["common-adversary-now"]
    browser.find_element(By.CSS_SELECTOR, "header > p strong a").send_keys(Keys.ENTER)
    assert len(claims_shown(browser)) == 9
    assert browser.switch_to.active_element.get_attribute("id") == "page:verdict"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_screen_of_a_phone_has_the_totals_what_changed_and_the_top_of_the_picture(
    browser: webdriver.Chrome, report: Path, scheme: str
) -> None:
    open_at(browser, report, 400, 850, scheme)
    for part in (".counts li:last-child", "header > p strong", ".axis", ".overview li:first-of-type .stands"):
        shown = browser.find_element(By.CSS_SELECTOR, part)
        assert shown.is_displayed()
        assert shown.rect["y"] + shown.rect["height"] <= 850, part
    assert not can_be_seen(browser, "nav a")
    assert not can_be_seen(browser, "#page\\:words")


def test_on_a_phone_contents_and_filter_are_opened_by_keyboard_and_stand_open_on_a_desk(
    browser: webdriver.Chrome, report: Path
) -> None:
    open_at(browser, report, 400, 850)
    for name, part in (("Contents", "nav a"), ("Filter and search", "#page\\:words")):
        summary = next(e for e in browser.find_elements(By.CSS_SELECTOR, ".fold > summary") if e.text == name)
        summary.send_keys(Keys.ENTER)
        assert can_be_seen(browser, part)
    browser.find_element(By.ID, "page:words").send_keys("pivot")
    assert sorted(claims_shown(browser)) == ["dependence-recorded", "dependence-total"]
    open_at(browser, report, 1000, 900)
    assert can_be_seen(browser, "nav a")
    assert can_be_seen(browser, "#page\\:words")
    assert not can_be_seen(browser, ".fold > summary")


def test_a_link_to_a_claim_that_is_filtered_out_shows_it_again(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    type_into(browser, "#page\\:words", "nothing of the kind")
    assert claims_shown(browser) == []
    browser.execute_script("location.hash = '#asymmetry'")
    browser.execute_async_script("setTimeout(arguments[0], 0)")
    assert browser.find_element(By.ID, "asymmetry").is_displayed()
    assert len(claims_shown(browser)) == 37


def test_contents_lead_to_each_subject_by_keyboard(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    links = browser.find_elements(By.CSS_SELECTOR, "nav a")
    assert [link.get_property("textContent") for link in links][:2] == ["Trade", "Votes"]
    assert len({link.get_property("textContent") for link in links}) == len(links)
    type_into(browser, "nav li:nth-of-type(2) a", Keys.ENTER)
    assert browser.execute_script("return document.querySelector(':target h2').textContent") == "Votes"
    here = browser.find_element(By.CSS_SELECTOR, "#asymmetry .here")
    here.send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#asymmetry")


def test_without_scripts_every_claim_can_be_read_and_no_dead_control_is_shown(
    browser: webdriver.Chrome, report: Path
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_at(browser, report, 1000, 900)
        assert not browser.find_element(By.ID, "page:filter").is_displayed()
        assert len(claims_shown(browser)) == 37
        assert browser.find_element(By.CSS_SELECTOR, "#asymmetry .lead").is_displayed()
        assert not browser.find_element(By.CSS_SELECTOR, "[data-panel]").is_displayed()
        fold = browser.find_element(By.XPATH, "//details[.//table[@id='the-system:grid']]/summary")
        fold.send_keys(Keys.ENTER)
        assert len(browser.find_elements(By.CSS_SELECTOR, "[id='the-system:grid'] tbody tr")) == 169
        assert can_be_seen(browser, "[id='the-system:grid'] tbody tr")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def choose(browser: webdriver.Chrome, place: int, label: str) -> None:
    """Choose an option of one of the panel's selects by keyboard alone."""
    select = browser.find_elements(By.CSS_SELECTOR, "[data-panel] select")[place]
    while browser.switch_to.active_element != select:
        browser.switch_to.active_element.send_keys(Keys.TAB)
    select.send_keys(label)


def answer(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "[data-panel] [role=status]").text


@pytest.mark.parametrize("width", [400, 1280])
def test_the_panel_answers_a_what_if_by_keyboard_as_the_table_has_it(
    browser: webdriver.Chrome, report: Path, width: int
) -> None:
    open_at(browser, report, width, 900)
    assert answer(browser) == "Nothing is set: as things go."
    browser.execute_script("document.querySelector('#the-system h2 ~ p').scrollIntoView()")
    browser.execute_script("document.querySelector('#the-system summary').focus()")
    choose(browser, 0, "Russia’s support: comply")
    assert answer(browser).startswith("If Russia’s support were ‘comply’, ")
    choose(browser, 1, "how much Russia needs arms and men from abroad: low")
    said = answer(browser)
    assert said.startswith("If Russia’s support were ‘comply’ and ‘how much Russia needs arms")
    row = browser.execute_script(
        "const grid = document.getElementById('the-system:grid');"
        "return [...grid.tBodies[0].rows[7 * 13 + 1].cells].map(c => c.textContent)"
    )
    last = browser.execute_script(
        "const lines = [...document.querySelectorAll('[data-panel] tr[data-of]')];"
        "return lines.map(line => line.lastElementChild.children[1].textContent)"
    )
    expected = " ".join(row[-8:-4]).split()
    assert [one.split(" ")[0] for one in last[:6] + last[9:]] == expected[:6] + expected[7:]
    assert last[6:9] == ["forced", "ruled out", "ruled out"]
    for gain in re.findall(r"‘[^’]*’ in 2026H2 with (\d+) per cent", said):
        assert gain in expected
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_that_a_system_is_called_sticks_out_or_comes_to_life(
    browser: webdriver.Chrome, case_folder: CaseFolder, tmp_path: Path, width: int
) -> None:
    strange = SYSTEM.replace("how much it needs help", "x" * 198).replace("Made for a test.", "y" * 198)
    strange = strange.replace(
        "no trouble next door", "<script>document.title = 'hit'</script> \u0625\u064a\u0631\u0627\u0646"
    )
    (tmp_path / "strange.html").write_text(page(evaluate(case_folder(system_files(strange)))), encoding="utf-8")
    open_at(browser, tmp_path / "strange.html", width, 900)
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    browser.find_elements(By.CSS_SELECTOR, "[data-panel] select")[1].send_keys("x" * 198)
    assert "x" * 198 in answer(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.title != "hit"


def test_no_script_of_a_stranger_runs_beside_the_pages_own(
    browser: webdriver.Chrome, report: Path, tmp_path: Path
) -> None:
    planted = report.read_text(encoding="utf-8").replace("</main>", "<script>document.title = 'hit'</script></main>")
    (tmp_path / "planted.html").write_text(planted, encoding="utf-8")
    open_at(browser, tmp_path / "planted.html", 1000, 900)
    assert browser.title != "hit"
    assert any("Content Security Policy" in line["message"] for line in browser.get_log("browser"))  # type: ignore[no-untyped-call]  # Selenium leaves it untyped
    assert browser.find_element(By.ID, "page:filter").is_displayed()


def test_the_picture_at_the_top_cuts_no_word_on_a_phone(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 400, 900)
    cut = browser.execute_script(
        "return [...document.querySelectorAll('.overview li, .overview li *')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth && !e.closest('.track')).map(e => e.outerHTML)"
    )
    assert cut == []


def test_a_verdict_in_the_picture_leads_to_its_article(browser: webdriver.Chrome, report: Path) -> None:
    open_at(browser, report, 1000, 900)
    browser.find_element(By.CSS_SELECTOR, "a[href='#petroleum-cap']").send_keys(Keys.ENTER)
    assert browser.current_url.endswith("#petroleum-cap")
    assert browser.execute_script("return document.querySelector('article:target').id") == "petroleum-cap"


def test_the_map_and_the_pairs_fit_a_phone_and_a_desk_and_say_what_they_show(
    browser: webdriver.Chrome, sea_report: Path
) -> None:
    for width, shown in ((390, "narrow"), (1200, "wide")):
        open_at(browser, sea_report, width, 900)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        drawn = browser.find_elements(By.CSS_SELECTOR, f"#found-at-sea figure .{shown} svg")
        assert len(drawn) == 2
        assert all(d.is_displayed() and d.size["width"] > 200 and d.size["height"] > 200 for d in drawn)
        labels = [
            e.get_attribute("aria-label") or ""
            for e in browser.find_elements(By.CSS_SELECTOR, "#found-at-sea [role=img]")
        ]
        assert all("Simulated: nothing here was observed." in label for label in labels)
        assert labels[0].startswith("What was found at sea.")
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # Selenium leaves it untyped


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_words_of_the_map_stand_out_from_land_and_sea(
    browser: webdriver.Chrome, sea_report: Path, scheme: str
) -> None:
    open_at(browser, sea_report, 1200, 900, scheme)
    card = rgb(browser, "document.querySelector('#found-at-sea')", "backgroundColor")
    land = rgb(browser, "document.querySelector('#found-at-sea .wide svg path[fill=\"var(--line)\"]')", "fill")
    texts = browser.execute_script(
        "return [...document.querySelectorAll('#found-at-sea .wide svg text')].map(e => getComputedStyle(e).fill)"
    )
    assert len(texts) > 20
    for colour in {tuple(float(n) for n in t[t.index("(") + 1 : -1].split(",")[:3]) for t in texts}:
        assert contrast(colour, card) >= 4.5, colour
    name = rgb(
        browser,
        "[...document.querySelectorAll('#found-at-sea .wide svg text')].find(e => e.textContent == 'Quay')",
        "fill",
    )
    assert contrast(name, land) >= 4.5


def rgb(browser: webdriver.Chrome, element: str, name: str) -> tuple[float, ...]:
    value = str(browser.execute_script(f"return getComputedStyle({element}).{name}"))
    return tuple(float(n) for n in value[value.index("(") + 1 : -1].split(",")[:3])


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2 contrast ratio."""

    def luminance(colour: tuple[float, ...]) -> float:
        parts = [c / 255 for c in colour]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
