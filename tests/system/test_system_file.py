"""system.toml: what is read, and every way in which it can be wrong, each at its line."""

from __future__ import annotations

import pytest

from tests.measure.worlds import write_table
from tests.system.systems import DRIVERS, MOVES, coded, driven
from tumen.engine.embedded import DuckDB
from tumen.prepare import load_case, prepare
from tumen.system.system_file import system_of
from tumen.system.theory import PRECISION

SYSTEM = """\
note = "ours"
precision = { AAA = [1.0, 2.0] }

[[move]]
actor = "AAA"
id = "help"
says = "what it gives"
levels = ["none", "some", "much"]
scale = [-1, 0, 1]
habit = [0, 1.5]

[[move]]
actor = "BBB"
id = "lean"
says = "to whom it leans"
levels = ["away", "near"]
scale = [0, 1]

[[aim]]
actor = "AAA"
id = "calm"
says = "no trouble"
weight = [0.2, 2.0]
cites = "page 1"

[[aim]]
actor = "BBB"
id = "gain"
says = "what it gets"
weight = [0.2, 2.0]
cites = "page 2"

[[effect]]
aim = "AAA.calm"
when = { "AAA.help" = "none", "BBB.lean" = "away" }
value = [-1.0, -0.5]

[[effect]]
aim = "BBB.gain"
when = { "BBB.lean" = "near" }
times = "1 - need"
value = [0.1, 0.5]

[[driver]]
id = "need"
says = "how much it needs help"

[[driver]]
id = "press"
says = "pressure of others"
move = "CCC.press"
levels = { low = 0, mid = 0.5, high = 1 }
before = true

[[driver]]
id = "helped"
says = "help of the period before"
move = "AAA.help"
levels = { none = 0, some = 0.5, much = 1 }
before = true
[[future]]
id = "peace"
says = "need falls"
set = { need = { "2024H1" = 0.2, "2024H2" = 0.1 } }

[[profile]]
explains = "wary"
weights = { "AAA.calm" = [1.0, 2.0], "AAA.habit" = [0.8, 1.5] }
precision = { AAA = [0.2, 0.8] }
"""

RIVALS = "".join(
    f'[[hypothesis]]\nid = "{name}"\nlabel = "{name}"\ntext = "Alphaland is {name}."\nprior = 1\n\n'
    for name in ("wary", "content")
)


@pytest.fixture
def told(case_folder):
    """What is said of the file with one text of it changed, beside some rows."""

    def tell(old: str = "", new: str = "", moves=MOVES, drivers=DRIVERS, rivals: str | None = RIVALS) -> list[str]:
        assert old in SYSTEM
        folder = case_folder({"system.toml": SYSTEM.replace(old, new, 1), "hypotheses.toml": rivals})
        write_table(folder, "moves", [{**row, "source": "book"} for row in moves])
        write_table(folder, "drivers", [{**row, "source": "book"} for row in drivers])
        engine = DuckDB()
        try:
            return [str(p) for p in prepare(folder, engine).problems if p.slug != "code-of-no-state"]
        finally:
            engine.close()

    return tell


def test_a_case_without_the_file_has_no_system(case_folder):
    case, problems = load_case(case_folder())
    assert case is not None
    assert (system_of(case), problems) == (None, [])


def test_what_the_file_says_is_read(case_folder):
    case, problems = load_case(case_folder({"system.toml": SYSTEM}))
    assert problems == []
    assert case is not None
    found = system_of(case)
    assert found is not None
    assert [move.name for move in found.moves] == ["AAA.help", "BBB.lean"]
    assert (found.note, found.ahead, found.actors) == ("ours", 4, ("AAA", "BBB"))
    assert (found.precision_of("AAA"), found.precision_of("BBB")) == ((1.0, 2.0), PRECISION)
    assert [(one.driver, one.reversed) for one in found.effects] == [(None, False), ("need", True)]
    assert found.futures[0].set["need"]["2024H2"] == 0.1
    assert found.move_named("BBB.lean") == found.moves[1]


def test_a_sound_file_is_not_complained_of(told):
    assert told() == []


@pytest.mark.parametrize(
    ("old", "new", "start", "part"),
    [
        ('actor = "AAA"', 'actor = "AAB"', "system.toml:5:", "got actor 'AAB'; expected an actor of case.toml"),
        ('actor = "AAA"\nid = "calm"', 'actor = "AAB"\nid = "calm"', "system.toml:20:", "Did you mean 'AAA'?"),
        ("{ AAA = [1.0, 2.0] }", "{ AAB = [1.0, 2.0] }", "system.toml:2:", "the precision of 'AAB'"),
        ("{ AAA = [1.0, 2.0] }", "{ AAA = [0, 0] }", "system.toml:2:", "precision 0 to 0 of 'AAA'"),
        ("{ AAA = [1.0, 2.0] }", "{ AAA = [2.0, 1.0] }", "system.toml:2:", "the low end before the high one"),
        ("{ AAA = [0.2, 0.8] }", "{ AAA = [0, 0] }", "system.toml:69:", "precision 0 to 0 of 'AAA'"),
        ("{ AAA = [0.2, 0.8] }", "{ CCC = [0, 1] }", "system.toml:69:", "with actor 'CCC'"),
        ("scale = [-1, 0, 1]", "scale = [-1, 0]", "system.toml:4:", "a scale of 3 numbers, one for each level"),
        ('"some", "much"]', '"some", "some"]', "system.toml:4:", "each level once"),
        ("habit = [0, 1.5]", "habit = [1.5, 0]", "system.toml:10:", "the low end before the high one"),
        ("habit = [0, 1.5]", "habit = [0, 150]", "system.toml:10:", "weights from 0 to 20"),
        ("value = [-1.0, -0.5]", "value = [-1.5, -0.5]", "system.toml:36:", "values from -1 to 1"),
        ("value = [-1.0, -0.5]", "value = [-0.5, -1.0]", "system.toml:36:", "the low end before the high one"),
        ("value = [-1.0, -0.5]", "value = [nan, 0]", "system.toml:36:", "values from -1 to 1"),
        ('aim = "AAA.calm"', 'aim = "AAA.clam"', "system.toml:34:", "Did you mean 'AAA.calm'?"),
        ('aim = "AAA.calm"', 'aim = "BBB.gain"', "system.toml:21:", "aim 'AAA.calm' without effects"),
        ('aim = "AAA.calm"', 'aim = "calm"', "system.toml:34:", "an actor and a name with a dot between"),
        ('"AAA.help" = "none"', '"AAA.hlp" = "none"', "system.toml:35:", "Did you mean 'AAA.help'?"),
        ('"AAA.help" = "none"', '"AAA.help" = "nome"', "system.toml:35:", "Did you mean 'some' or 'none'?"),
        ('"AAA.help" = "none"', '"CCC.press" = "low"', "system.toml:35:", "got move 'CCC.press'"),
        ('times = "1 - need"', 'times = "1 - neeed"', "system.toml:41:", "Did you mean 'need'?"),
        ('times = "1 - need"', 'times = "need * 2"', "system.toml:41:", "a driver, such as need, or one minus it"),
        ("much = 1 }\n", "most = 1 }\n", "system.toml:59:", "driver 'helped' without much"),
        ("much = 1 }\n", "most = 1 }\n", "system.toml:59:", "with level 'most'"),
        ("much = 1 }\n", "much = 2 }\n", "system.toml:59:", "less than or equal to 1"),
        ('move = "CCC.press"\n', "", "system.toml:48:", "move and levels together"),
        ("set = { need", "set = { nead", "system.toml:64:", "Did you mean 'need'?"),
        ("set = { need = {", "set = { } #", "system.toml:64:", "set"),
        ('"2024H2" = 0.1', '"2025" = 0.1, "2025H2" = 0.1', "system.toml:64:", "period '2025' beside '2024H1'"),
        ('"2024H2" = 0.1', '"2024H3" = 0.1', "system.toml:64:", "a period such as 2024"),
        ('"AAA.calm" = [1.0', '"AAA.clam" = [1.0', "system.toml:68:", "Did you mean 'AAA.calm'?"),
        ('"AAA.habit" = [0.8', '"CCC.habit" = [0.8', "system.toml:68:", "an actor's habit"),
        ('explains = "wary"', 'explains = "weary"', "system.toml:67:", "Did you mean 'wary'?"),
        ('id = "press"', 'id = "need"', "system.toml:49:", "a second driver 'need'"),
        ('actor = "BBB"\nid = "lean"', 'actor = "AAA"\nid = "help"', "system.toml:14:", "a second move 'AAA.help'"),
        ('actor = "BBB"\nid = "lean"', 'actor = "AAA"\nid = "lean"', "system.toml:27:", "an actor without a move"),
        ('weight = [0.2, 2.0]\ncites = "page 2"', 'weight = [0, 0]\ncites = "page 2"', "system.toml:30:", "for 'BBB'"),
        ('note = "ours"', 'note = "ours"\nahed = 3', "system.toml:2:", "Did you mean 'ahead'?"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(told, old, new, start, part):
    found = told(old, new)
    assert any(line.startswith(start) and part in line for line in found), found


def test_a_file_without_moves_is_refused(case_folder):
    _, problems = load_case(case_folder({"system.toml": 'note = "none yet"\n'}))
    assert [p.slug for p in problems] == ["no-moves"]


def test_a_profile_needs_the_explanation_that_it_is_of(told):
    (only,) = told(rivals=None)
    assert only.startswith("system.toml:67: got profile of explanation 'wary'; expected an id of hypotheses.toml.")


def test_all_is_found_in_one_pass(told):
    found = told('aim = "AAA.calm"\nwhen = { "AAA.help" = "none"', 'aim = "AAA.clam"\nwhen = { "AAA.help" = "nome"')
    assert sorted(line.rsplit("[", 1)[1] for line in found) == [
        "aim-without-effects]",
        "unknown-aim]",
        "unknown-level]",
    ]


#: The parts that are about AAA's aim, and about BBB.
CALM = SYSTEM[SYSTEM.index('[[aim]]\nactor = "AAA"') : SYSTEM.index('[[aim]]\nactor = "BBB"')]
CALMING = SYSTEM[SYSTEM.index('[[effect]]\naim = "AAA') : SYSTEM.index('[[effect]]\naim = "BBB')]
ALONE = SYSTEM[: SYSTEM.index('[[move]]\nactor = "BBB"')]
PROFILE = SYSTEM[SYSTEM.index("[[profile]]") :]


@pytest.mark.parametrize(("habit", "slugs"), [("[0, 1.5]", []), ("[0, 0]", ["weights-zero"])])
def test_an_actor_without_aims_has_a_habit_at_least(case_folder, habit, slugs):
    text = SYSTEM.replace(CALM, "").replace(CALMING, "").replace(PROFILE, "").replace("[0, 1.5]", habit)
    _, problems = load_case(case_folder({"system.toml": text}))
    assert [p.slug for p in problems] == slugs


@pytest.mark.parametrize(
    ("moves", "drivers", "slug", "part"),
    [
        (
            [*MOVES, coded("2023H1", "AAA.help", "some", id="x")],
            DRIVERS,
            "coded-twice",
            "AAA.help of 2023H1 coded 2 times by one coder",
        ),
        (
            MOVES,
            [*DRIVERS, driven("2023H1", "need", 0.3, id="x")],
            "coded-twice",
            "need of 2023H1 coded 2 times by one coder",
        ),
        (
            [*MOVES, coded("2023H1", "AAA.help", "sum", "bob")],
            DRIVERS,
            "unknown-level",
            "AAA.help at level 'sum' in 2023H1",
        ),
        (
            [*MOVES, coded("2023H1", "AAA.help", "some", "bob", second="muck")],
            DRIVERS,
            "unknown-level",
            "Did you mean 'much'?",
        ),
        ([*MOVES, coded("2023H1", "CCC.press", "hihg", "bob")], DRIVERS, "unknown-level", "Did you mean 'high'?"),
        (
            [*MOVES, coded("2024", "AAA.help", "some")],
            DRIVERS,
            "period-forms",
            "period '2024' of AAA.help beside '2023H1'",
        ),
        (MOVES, [*DRIVERS, driven("2024Q1", "need", 0.3)], "period-forms", "period '2024Q1' of need beside '2023H1'"),
        ([*MOVES, coded("2023H1", "AAA.hepl", "some")], DRIVERS, "coded-unused", "Did you mean 'AAA.help'?"),
        ([*MOVES, coded("2023H1", "AAB.help", "some")], DRIVERS, "coded-unused", "move 'AAB.help'"),
        (MOVES, [*DRIVERS, driven("2023H1", "nead", 0.3)], "coded-unused", "Did you mean 'need'?"),
        (MOVES[2:], DRIVERS, "not-coded", "no coding of AAA.help"),
        (MOVES, (), "not-coded", "no coding of need"),
        (MOVES[:4], DRIVERS, "not-coded", "no coding of CCC.press"),
        (
            [
                *MOVES,
                coded("2024H2", "AAA.help", "some"),
                *(coded(p, "BBB.lean", "near") for p in ("2024H1", "2024H2")),
            ],
            DRIVERS,
            "coding-gap",
            "no coding of AAA.help in 2024H1",
        ),
        ([*MOVES, coded("2024H1", "BBB.lean", "near")], DRIVERS, "coding-gap", "no coding of AAA.help in 2024H1"),
        ([*MOVES[::2]], DRIVERS, "all-constant", "every move at one level throughout"),
    ],
)
def test_what_is_wrong_with_the_coding_is_said(told, moves, drivers, slug, part):
    (only,) = told(moves=moves, drivers=drivers)
    assert part in only, only
    assert only.endswith(f"[{slug}]")
    assert only.startswith("record/")


@pytest.mark.parametrize(("periods", "slugs"), [(4, []), (5, ["coders-differ"])])
def test_coders_who_clash_over_five_periods_are_warned_of(told, periods, slugs):
    names = ["2023H1", "2023H2", "2024H1", "2024H2", "2022H2"][:periods]
    said = {"ann": ("none", "much"), "bob": ("much", "none")}
    moves = [coded(name, "AAA.help", by[n % 2], who) for who, by in said.items() for n, name in enumerate(names)]
    leans = [coded(name, "BBB.lean", ("away", "near")[n % 2]) for n, name in enumerate(names)]
    found = told(moves=[*moves, *leans, *MOVES[4:]])
    assert [line.rsplit("[", 1)[1].rstrip("]") for line in found] == slugs
    assert all("got coders of AAA.help who agree with alpha -" in line for line in found)


def test_one_actor_alone_is_warned_of(case_folder):
    calm = CALMING.replace(', "BBB.lean" = "away"', "")
    folder = case_folder({"system.toml": ALONE + CALM + calm})
    write_table(folder, "moves", [{**row, "source": "book"} for row in MOVES[:2]])
    engine = DuckDB()
    try:
        (only,) = prepare(folder, engine).problems
    finally:
        engine.close()
    assert (only.slug, only.severity, only.file) == ("one-actor", "warning", "system.toml")


@pytest.mark.parametrize(("habit", "told"), [("[1.9, 2.5]", []), ("[2.1, 2.5]", ["habit-decides"])])
def test_a_habit_that_all_aims_together_cannot_outweigh_is_told(case_folder, habit, told):
    # CALM weighs 2 at the most, and its one effect on the move comes to 1.
    _, problems = load_case(case_folder({"system.toml": SYSTEM.replace("habit = [0, 1.5]", f"habit = {habit}")}))
    assert [(p.slug, p.severity) for p in problems if p.slug != "unknown-hypothesis"] == [(t, "warning") for t in told]
