"""What of the record the arguments of a measure name: cells of declared columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tumen.case.lines import KeyPath

#: What becomes of a name that no cell of its columns is: a mistake; a mistake where it is like another one or no name
#: beside it is in the record, for things that may never have happened; or a doubt, where the measure itself says then
#: that it has nothing to go by.
Unmatched = Literal["wrong", "wrong-if-near", "lacking"]


@dataclass(frozen=True)
class Names:
    """Marks a text among arguments or options, by `Annotated`, that names something in the record.

    Args:
        noun: what it names: "publisher".
        columns: those whose cells it is compared with, each with its table: "trade.publisher".
        also: words that mean something without being in the record.
        unmatched: what becomes of a name that no such cell is.
        rows: SQL that is true for the rows that count; empty: all do.
        which: what is said of those rows, after the names of the columns.

    Example:
        >>> Names("publisher", ("trade.publisher", "unrecorded.publisher")).tables
        ('trade', 'unrecorded')
    """

    noun: str
    columns: tuple[str, ...]
    also: tuple[str, ...] = ()
    unmatched: Unmatched = "wrong"
    rows: str = ""
    which: str = ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of its columns, each once."""
        return tuple(dict.fromkeys(column.split(".")[0] for column in self.columns))

    @property
    def of_actors(self) -> bool:
        """Whether it names actors, which a case declares."""
        return self.noun == ACTOR_NOUN


#: What an actor is called in messages.
ACTOR_NOUN = "actor"


def acting(*columns: str) -> Names:
    """Marks the code of an actor that stands in some columns."""
    return Names(ACTOR_NOUN, columns)


@dataclass(frozen=True)
class NameGiven:
    """A name that arguments or options give.

    Args:
        path: where it stands among them.
    """

    name: str
    names: Names
    path: KeyPath


def names_given(form: BaseModel, by_default: bool = False) -> list[NameGiven]:
    """Every name that was given, in order.

    Args:
        by_default: whether those count that stand there because nothing else was said.

    Example:
        >>> from tumen.measure.arguments import Form
        >>> class Asked(Form):
        ...     by: tuple[Annotated[str, Names("publisher", ("trade.publisher",))], ...] = ()
        >>> [(one.name, one.path) for one in names_given(Asked(by=("gacc", "kotra")))]
        [('gacc', ('by', 0)), ('kotra', ('by', 1))]
    """
    found: list[NameGiven] = []
    for key, field in type(form).model_fields.items():
        if by_default or key in form.model_fields_set:
            names = next((one for one in field.metadata if isinstance(one, Names)), None)
            found += _within(getattr(form, key), field.annotation, names, (key,))
    return found


def _within(value: Any, kind: Any, names: Names | None, path: KeyPath) -> Iterator[NameGiven]:
    """Names in a value of a type."""
    if get_origin(kind) is Annotated:
        kind, *marks = get_args(kind)
        names = next((one for one in marks if isinstance(one, Names)), names)
    if get_origin(kind) in (Union, UnionType):
        found = [list(_within(value, part, names, path)) for part in get_args(kind)]
        yield from next(filter(None, found), [])
    elif isinstance(value, str):
        if names is not None:
            yield NameGiven(value, names, path)
    elif isinstance(value, Mapping):
        of_key, of_value = get_args(kind) or (str, str)
        for key, inner in value.items():
            yield from _within(key, of_key, names, (*path, key))
            yield from _within(inner, of_value, names, (*path, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _within(inner, _at(kind, number), names, (*path, number))


def _at(kind: Any, number: int) -> Any:
    """The type of an element of a tuple."""
    types = get_args(kind)
    return types[0] if len(types) == 2 and types[1] is Ellipsis else types[number] if number < len(types) else Any
