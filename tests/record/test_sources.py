"""What a source may be called in an output."""

from __future__ import annotations

from dataclasses import replace

from tumen.record.sources import source_of

ROW = {
    "id": "book", "publisher": "A Publisher", "title": "Yearbook", "url": None, "published": "2024", "reliability": "B",
    "credibility": "2", "access": "public", "origin": None, "note": "n",
}  # fmt: skip


def test_public_source_is_shown_with_its_publisher() -> None:
    source = source_of(ROW)
    assert source.shown == "A Publisher: Yearbook"
    assert source.grade == "B2"
    assert source.url == ""


def test_source_that_is_not_public_is_not_named() -> None:
    for access in ("restricted", "chatham-house"):
        assert source_of(ROW | {"access": access}).shown == "a protected source"


def test_source_that_repeats_none_is_its_own_origin() -> None:
    assert source_of(ROW).origin == "book"
    assert source_of(ROW | {"origin": "wire"}).origin == "wire"
    assert replace(source_of(ROW), origin="x").id == "book"
