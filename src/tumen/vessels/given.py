"""CSV files that a user gives a detector beside positions, such as ports or vessels on a list."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tumen.errors import Problem, ProblemsError

Thing = TypeVar("Thing")


def read_lines(
    path: Path,
    needed: Sequence[str],
    made: Callable[[int, Mapping[str, Any]], Thing | Problem],
    unreadable: Callable[[str], Problem],
) -> tuple[Thing, ...]:
    """What each line of a CSV file with a header stands for.

    Args:
        needed: columns that the header must have, in small letters; the header is compared without case.
        made: makes a thing of a line's number and its cells by column, or says what is wrong with it. Cells beyond the
            header are under None.
        unreadable: says in the file's own words that it cannot be read, given why.

    Raises: ProblemsError with everything that is wrong with the file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            reader.fieldnames = header = [cell.strip().lower() for cell in reader.fieldnames or ()]
            if missing := [name for name in needed if name not in header]:
                raise ProblemsError([unreadable(f"a first line without {' and '.join(missing)}")])
            read = [made(reader.line_num, row) for row in reader]
    except OSError as error:
        raise ProblemsError([unreadable((error.strerror or "no answer").lower())]) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ProblemsError([unreadable("a file that is no CSV")]) from error
    if problems := [one for one in read if isinstance(one, Problem)]:
        raise ProblemsError(problems)
    return tuple(one for one in read if not isinstance(one, Problem))
