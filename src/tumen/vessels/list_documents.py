"""Lists of ships as XML documents, as authorities publish them, read an entry at a time and without any entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tumen.vessels.list_entries import ListEntry
from tumen.vessels.list_tables import NoListError, imos_in_text, mmsis_in_text, names_in_text

_CHUNK = 1 << 16

#: Largest entry that is read, in characters, and how deep its elements may stand in each other.
_MOST_CHARACTERS, _MOST_DEPTH = 2_000_000, 40


class _Entries:
    """Builds the elements of some names out of a document, and refuses what could make it grow."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._builder: TreeBuilder | None = None
        self._depth = self._characters = 0
        self.done: list[Element] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise NoListError("a document that declares a type or entities of its own")

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if self._builder is None and name in self._names:
            self._builder, self._depth, self._characters = TreeBuilder(), 0, 0
        if self._builder is not None:
            self._depth += 1
            self._grow(sum(len(value) for value in attributes.values()) + len(tag))
            self._builder.start(name, {_local(key): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(_local(tag))
            self._depth -= 1
            if self._depth == 0:
                self.done.append(self._builder.close())
                self._builder = None

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._grow(len(text))
            self._builder.data(text)

    def _grow(self, characters: int) -> None:
        self._characters += characters
        if self._characters > _MOST_CHARACTERS or self._depth > _MOST_DEPTH:
            raise NoListError("a document with an entry that is larger than any ship's")


def elements_of(path: Path, names: frozenset[str]) -> Iterator[Element]:
    """The elements of some names in a document, each whole; names without their namespace.

    Raises: NoListError where it is no XML, declares a type or an entity, or has an entry without end.
    """
    entries = _Entries(names)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                entries.parser.Parse(chunk, False)
                yield from entries.done
                entries.done.clear()
            entries.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NoListError(f"XML that cannot be read on line {error.lineno}") from error
    yield from entries.done


class ListDocument:
    """Ships of a document. After `entries` has been read, `others` counts what else it lists, by what that is."""

    unread = ()

    def __init__(self, path: Path) -> None:
        """Look at a document, whose first list entry says whose form it has."""
        self._path = path
        self.others: Counter[str] = Counter()
        self._known = 0

    def entries(self) -> Iterator[ListEntry]:
        """Each ship. Raises NoListError where there is no entry of a form that is known."""
        for element in elements_of(self._path, frozenset(_FORMS)):
            self._known += 1
            entry, kind = _FORMS[element.tag](element)
            if entry is None:
                self.others[kind] += 1
            else:
                yield entry
        if not self._known:
            raise NoListError("XML without an entry of a list that is known")


def _of_sdn(element: Element) -> tuple[ListEntry | None, str]:
    """An entry of OFAC's sdn.xml."""
    kind = _first(element, "sdnType").lower()
    if kind != "vessel":
        return None, kind or "no kind given"
    ids = [(_first(one, "idType").lower(), _first(one, "idNumber")) for one in element.iter("id")]
    remarks = _first(element, "remarks")
    return (
        ListEntry(
            None,
            _first(element, "uid"),
            (
                _first(element, "lastName"),
                *(_first(aka, "lastName") for aka in element.iter("aka")),
                *names_in_text(remarks),
            ),
            (*(n for t, n in ids if "imo" in t or n.upper().startswith("IMO")), *imos_in_text(remarks)),
            (*(n for t, n in ids if "mmsi" in t), *mmsis_in_text(remarks)),
            tuple(_all(element, "vesselFlag")),
        ),
        kind,
    )


def _of_european_union(element: Element) -> tuple[ListEntry | None, str]:
    """An entry of the list of the European Union: ships are entries with an identification of type imo."""
    kind = next((one.get("code", "").lower() for one in element.iter("subjectType")), "")
    imos = [one.get("number", "") for one in element.iter("identification") if _is_imo_type(one)]
    remarks = " ; ".join(_all(element, "remark"))
    if not imos and kind not in ("vessel", "ship"):
        return None, kind or "no kind given"
    names = tuple(one.get("wholeName", "") for one in element.iter("nameAlias"))
    shown = element.get("euReferenceNumber") or element.get("logicalId") or ""
    return ListEntry(None, shown, names, (*imos, *imos_in_text(remarks)), tuple(mmsis_in_text(remarks))), kind


def _is_imo_type(identification: Element) -> bool:
    return identification.get("identificationTypeCode", "").lower() == "imo"


def _of_uk_list(element: Element) -> tuple[ListEntry | None, str]:
    """A designation of the UK Sanctions List."""
    kind = _first(element, "IndividualEntityShip").lower()
    if kind not in ("ship", "vessel"):
        return None, kind or "no kind given"
    named = [" ".join(filter(None, (_first(one, f"Name{n}") for n in range(1, 7)))) for one in element.iter("Name")]
    return (
        ListEntry(
            None,
            _first(element, "UniqueID"),
            (*filter(None, named), *_all(element, "NameNonLatinScript")),
            tuple(_all(element, "IMONumber")),
            (),
            tuple(_all(element, "CurrentBelievedFlagOfShip")),
        ),
        kind,
    )


def _of_united_nations(element: Element) -> tuple[ListEntry | None, str]:
    """An entity of the consolidated list of the United Nations: one whose comments give an IMO number is a ship."""
    if element.tag == "INDIVIDUAL":
        return None, "individual"
    text = " ; ".join((_first(element, "FIRST_NAME"), *_all(element, "COMMENTS1"), *_all(element, "NOTE")))
    imos = imos_in_text(text)
    if not imos or "company number" in text.lower():
        return None, "entity without an IMO number"
    names = (_first(element, "FIRST_NAME"), *_all(element, "ALIAS_NAME"))
    return ListEntry(None, _first(element, "DATAID"), names, tuple(imos), tuple(mmsis_in_text(text))), "entity"


#: What reads an entry of a list, by the entry's name there.
_FORMS: Mapping[str, Callable[[Element], tuple[ListEntry | None, str]]] = {
    "sdnEntry": _of_sdn,
    "sanctionEntity": _of_european_union,
    "Designation": _of_uk_list,
    "ENTITY": _of_united_nations,
    "INDIVIDUAL": _of_united_nations,
}


def _local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _all(element: Element, name: str) -> list[str]:
    """The texts of all elements of a name, at any depth."""
    return [text for one in element.iter(name) if (text := (one.text or "").strip())]


def _first(element: Element, name: str) -> str:
    return next(iter(_all(element, name)), "")
