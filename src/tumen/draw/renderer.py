"""The program that draws: reads descriptions of charts from standard input, one a line, and answers each with its SVG.

It runs apart from the run that asks it, for what draws is a browser's engine: a character that it does not like, or
memory that it cannot have, ends its process, and no error can be caught.
"""

from __future__ import annotations

import json
import sys
from typing import IO


def draw(requests: IO[str], answers: IO[str]) -> None:
    """Answer every request, an object with `spec` and `version` on a line, by one with `drawn` and `text`: the SVG, or
    a reason.
    """
    import vl_convert

    for line in requests:
        asked = json.loads(line)
        try:
            told = {"drawn": True, "text": vl_convert.vegalite_to_svg(asked["spec"], vl_version=asked["version"])}
        except Exception as error:  # noqa: BLE001 - whatever it is, the next drawing may go well
            told = {"drawn": False, "text": type(error).__name__}
        answers.write(json.dumps(told) + "\n")
        answers.flush()


if __name__ == "__main__":
    from tumen.process import leave_no_core

    leave_no_core()
    draw(sys.stdin, sys.stdout)
