"""What a source may be called in an output."""

from __future__ import annotations

from tumen.record.sources import source_of

ROW = {
    "id": "book",
    "publisher": "A Publisher",
    "title": "Yearbook",
    "url": None,
    "published": "2024",
    "reliability": "B",
    "credibility": "2",
    "access": "public",
    "origin": None,
    "note": "n",
}


def test_public_source_is_shown_with_its_publisher() -> None:
    source = source_of(ROW)
    assert source.shown == "A Publisher: Yearbook"
    assert source.grade == "B2"
    assert source.url == ""


def test_who_stands_behind_a_source_is_whom_it_repeats_or_its_publisher() -> None:
    assert source_of(ROW).maker == "A Publisher"
    assert source_of(ROW | {"origin": "A News Agency"}).maker == "A News Agency"
