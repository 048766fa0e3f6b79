"""Which names arguments and options give, and that no argument names the record without saying so."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel

from tests.tables import TABLES
from tumen.kinds import kinds
from tumen.measure.arguments import ActorCode, Form
from tumen.measure.named_columns import Names, acting, names_given

Maker = Annotated[str, Names("publisher", ("trade.publisher",))]
Sort = Annotated[str, Names("kind", ("events.kind",))]
Who = Annotated[ActorCode, acting("votes.actor")]


class Everything(Form):
    one: Maker = "office"
    some: tuple[Maker, ...] = ()
    none: Maker | None = None
    pair: tuple[Who, Who] = ("AAA", "BBB")
    pairs: tuple[tuple[Who, Who], ...] = ()
    by: Mapping[Sort, Maker] = {}
    free: str = "anything"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"one": "a"}, [("publisher", "a", ("one",))]),
        ({"some": ("a", "b")}, [("publisher", "a", ("some", 0)), ("publisher", "b", ("some", 1))]),
        ({"none": "a"}, [("publisher", "a", ("none",))]),
        ({"none": None, "free": "x"}, []),
        ({"pair": ("X", "Y")}, [("actor", "X", ("pair", 0)), ("actor", "Y", ("pair", 1))]),
        ({"pairs": (("X", "Y"),)}, [("actor", "X", ("pairs", 0, 0)), ("actor", "Y", ("pairs", 0, 1))]),
        ({"by": {"arms": "a"}}, [("kind", "arms", ("by", "arms")), ("publisher", "a", ("by", "arms"))]),
    ],
)
def test_names_are_found_wherever_they_stand(given, found):
    assert [(one.names.noun, one.name, one.path) for one in names_given(Everything(**given))] == found


def test_names_that_stand_by_default_are_found_where_asked_for():
    assert [one.name for one in names_given(Everything(), by_default=True)] == ["office", "AAA", "BBB"]


def marks(kind: Any) -> list[Names]:
    """Every mark in a type."""
    return [one for part in get_args(kind) for one in ([part] if isinstance(part, Names) else marks(part))]


def fields() -> list[tuple[str, str, list[Names], Any]]:
    forms: list[type[BaseModel]] = [form for m in kinds().measures.values() for form in (m.arguments, m.options)]
    return [
        (form.__name__, key, [*(m for m in f.metadata if isinstance(m, Names)), *marks(f.annotation)], f.annotation)
        for form in dict.fromkeys(forms)
        for key, f in form.model_fields.items()
    ]


def test_every_column_that_is_named_is_there():
    for form, key, found, _ in fields():
        for at in (column for names in found for column in names.columns):
            table, column = at.split(".")
            assert TABLES[table].column(column) is not None, f"{form}.{key} names {at}"


#: Texts among arguments that name something else than cells of the record, each checked by its own kind.
ELSEWHERE = {"topics", "reference", "favours", "against", "future", "move", "level", "never_twice", "actor", "pivot"}


def test_every_text_that_a_claim_may_name_says_what_of_the_record_it_names():
    def texts(kind: Any) -> bool:
        return kind is str or any(texts(part) for part in get_args(kind) if not isinstance(part, str))

    unmarked = {key for _, key, found, kind in fields() if not found and texts(kind)}
    assert unmarked <= ELSEWHERE
