"""What the machine refuses a command, in words: memory, and room for what is written."""

from __future__ import annotations

import errno

from tumen.process import allowed_mb

#: Below this many megabytes the libraries end the process before anything can be said.
LEAST_TO_START_MB = 950

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EDQUOT)

#: What errors of any kind say where memory could not be had.
_SAID = ("can't start new thread", "out of memory", "cannot allocate memory", "failed to map segment", "bad_alloc")


def too_little() -> str | None:
    """The message where this process may map less memory than it takes to begin."""
    allowed = allowed_mb()
    return _short(allowed) if allowed is not None and allowed < LEAST_TO_START_MB else None


def out_of_memory(error: BaseException) -> str | None:
    """The message of an error that came of too little memory, or None where it came of something else."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    return _short(allowed_mb()) if any(_of_memory(one) for one in causes) else None


def unwritten(error: BaseException) -> str | None:
    """The message of an error that came of a place with no room, or None where it came of something else."""
    if not isinstance(error, OSError) or error.errno not in _NO_ROOM:
        return None
    return (
        f"{error.filename or 'output'}: got {str(error.strerror).lower()}; expected a place with room for what "
        "is written. Make room, or write elsewhere. [output-failed]"
    )


def _of_memory(error: BaseException) -> bool:
    known = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    return known or any(words in str(error).lower() for words in _SAID)


def _short(allowed: int | None) -> str:
    got = (
        "no more memory"
        if allowed is None
        else f"no more memory than the {allowed:,} MB that it was allowed (ulimit -v)"
    )
    return f"tumen: got {got}; expected enough for this case. Allow it more, or give it less to read. [memory-short]"
