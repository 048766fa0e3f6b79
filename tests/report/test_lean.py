"""Drawings lose what nobody reads, and nothing that is seen."""

from __future__ import annotations

import pytest

from tumen.report.lean import lean

TEXT = '<text text-anchor="middle" transform="translate(9,1)" fill="red">1.2345</text>'


@pytest.mark.parametrize(
    ("drawn", "left"),
    [
        (f"<g>{TEXT}</g>", TEXT),
        (f'<g transform="translate(1,2)"><g>{TEXT}</g></g>', f'<g transform="translate(1,2)">{TEXT}</g>'),
        ('<path d="M0,0h9" opacity="0.284" fill="red"/>', '<path d="M0,0h9" opacity="0.284" fill="red"/>'),
        ('<path d="M0.06,0h9.96" fill="red"/>', '<path d="M0.1,0h10.0" fill="red"/>'),
        ('<g fill="red"><g></g></g>', ""),
        ('<path class="background" d="M0,0h9v9h-9Z"/>', ""),
        (
            '<line transform="translate(1,0)" x2="0" y2="-9" stroke="red"/>'
            '<line transform="translate(5,0)" x2="0" y2="-9" stroke="red"/>'
            '<line transform="translate(9,0)" x2="0" y2="-9" stroke="blue"/>',
            '<path d="M1,0l0,-9M5,0l0,-9" stroke="red"/><line transform="translate(9,0)" x2="0" y2="-9" stroke="blue"/>',  # noqa: E501
        ),
    ],
)
def test_a_drawing_looks_as_it_did_with_fewer_letters(drawn: str, left: str) -> None:
    assert lean(f'<svg role="img">{drawn}</svg>') == f'<svg role="img">{left}</svg>'


def test_what_is_no_drawing_stays_as_it_is() -> None:
    page = '<p class="x" role="note">1.2345 <g></g></p><svg x="1"></svg><p class="y"></p>'
    assert lean(page) == page
