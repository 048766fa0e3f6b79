"""How far coders of moves agree, in the bundled case and by hand."""

from __future__ import annotations

import pytest

from tests.measure.worlds import Row, world
from tests.system.systems import HELP, MOVES, coded
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.run import BUNDLED
from tumen.system.coded import coded_moves
from tumen.system.coder_agreement import Agreement, agreement_of
from tumen.system.system_file import system_of


def told(*more: Row, ordered: bool = True) -> Agreement:
    with world(moves=[*MOVES, *more]) as record:
        return agreement_of(HELP.model_copy(update={"ordered": ordered}), coded_moves(record))


# Two periods: none and none, much and some. Of four values two are none, so chance differs in 10 of 12 pairs, and
# coders in 2 of 4: 1 - (2 / 4) / (10 / 12) = 0.4. In their order none is 1.5 from some and 2.5 from much, some 1 from
# much: 1 - (2 * 1 / 4) / (2 * (2 * 2.25 + 2 * 6.25 + 1) / 12) = 0.83, with the squares of how far they are apart.
def test_two_coders_by_hand():
    bob = [coded("2023H1", "AAA.help", "none", "bob"), coded("2023H2", "AAA.help", "some", "bob")]
    found = told(*bob)
    assert (found.coders, found.shared) == (2, 2)
    assert found.nominal == pytest.approx(0.4)
    assert found.ordinal == pytest.approx(1 - 2 / 12)
    assert found.alpha == found.ordinal
    assert found.note == "2 coders of 2 periods: Krippendorff's alpha 0.40 on levels as names, 0.83 in their order"


def test_of_levels_without_an_order_only_names_count():
    found = told(coded("2023H1", "AAA.help", "much", "bob"), coded("2023H2", "AAA.help", "much", "bob"), ordered=False)
    assert found.ordinal is None
    assert found.alpha == found.nominal
    assert "order" not in found.note


def test_one_coder_agrees_with_nobody():
    assert told() == Agreement(1, 0, None, None)
    assert told().note == ""


def test_coders_of_the_bundled_case_agree_as_its_documents_say():
    engine = DuckDB()
    try:
        found = prepare(BUNDLED, engine)
        assert found.case is not None
        assert found.record is not None
        system, rows = system_of(found.case), coded_moves(found.record)
        assert system is not None
        agreed = {move.name: agreement_of(move, rows) for move in system.moves}
    finally:
        engine.close()
    assert {name: round(one.nominal or 0, 2) for name, one in agreed.items()} == {
        "CHN.support": 0.90,
        "CHN.posture": 1.00,
        "RUS.support": 0.70,
        "PRK.alignment": 0.73,
    }
    assert all(one.shared == 16 and one.coders == 2 for one in agreed.values())
