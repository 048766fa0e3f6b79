"""Who protected sources are: a file outside the record, encrypted with a passphrase.

Only `tumen identities` opens it; no run does. The key is stretched by scrypt, so that every guess at
the passphrase costs time and memory, and the content is sealed by AES-GCM, so that a changed byte is
noticed. The header is not secret and is sealed with the rest.

Source: scrypt, RFC 7914, with the parameters of OWASP's Password Storage Cheat Sheet; AES-GCM, NIST SP 800-38D.
Limits: protects the file at rest, not a machine on which somebody else reads along.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tumen.errors import IdentitiesError
from tumen.writing import drafted, fill

_MAGIC = b"tumen-identities "
_HEADER = _MAGIC + b"1\n"
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16

#: Content is filled up to a multiple of this, so that the file's size does not tell how much it holds.
_BLOCK_BYTES = 4096

#: Largest file that is read.
_MAX_BYTES = 16_000_000

#: How long one process waits for another, seconds.
_WAIT_S = 10.0

#: Scrypt's cost: 128 MB of memory and about a quarter of a second.
_COST = 2**17


def read_identities(path: Path, passphrase: str) -> dict[str, str]:
    """The identities in a file, by source.

    Raises: IdentitiesError where the file is not there, is damaged, is of a newer version, or does
        not open with the passphrase. No message holds anything of the content.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise IdentitiesError(
            f"{path}: got {_why(error)}; expected a file of identities. "
            "Give its path; `tumen identities add` makes one. [identities-missing]"
        ) from error
    return _opened(path, data, passphrase)


def _opened(path: Path, data: bytes, passphrase: str) -> dict[str, str]:
    header = data[: data.find(b"\n") + 1]
    if header.startswith(_MAGIC) and header != _HEADER and header[len(_MAGIC) : -1].isdigit():
        raise IdentitiesError(
            f"{path}: got a file of another version; expected version 1, which this Tumen reads. "
            "Update Tumen; the file was not changed. [identities-newer]"
        )
    salt, nonce, sealed = _parts(data)
    if (
        header != _HEADER
        or len(sealed) <= _TAG_BYTES
        or (len(sealed) - _TAG_BYTES) % _BLOCK_BYTES
        or len(data) > _MAX_BYTES
    ):
        raise IdentitiesError(
            f"{path}: got a file that is cut off or of another kind; expected a whole file of identities. "
            "Take a copy from your backup; the file was not changed. [identities-damaged]"
        )
    invalid, cipher = _cipher(passphrase, salt)
    try:
        content = json.loads(cipher.decrypt(nonce, sealed, _HEADER + salt))
    except (invalid, ValueError) as error:
        raise IdentitiesError(
            f"{path}: got a passphrase that does not open it; expected the one it was sealed with. "
            "Try again; if it is right, the file was changed. [identities-locked]"
        ) from error
    return {str(name): str(who) for name, who in content.items()}


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Salt, nonce and sealed content of a file."""
    start = len(_HEADER)
    middle = start + _SALT_BYTES
    end = middle + _NONCE_BYTES
    return data[start:middle], data[middle:end], data[end:]


def write_identities(path: Path, identities: Mapping[str, str], passphrase: str) -> None:
    """Seal identities into a file, which appears whole or stays as it was; nobody else may read it.

    Raises: IdentitiesError where the passphrase is empty, the place is in a case's folder, or it
        cannot be written.
    """
    if not passphrase:
        raise IdentitiesError(
            f"{path}: got an empty passphrase; expected several words that nobody can guess. "
            "Choose one. [identities-passphrase]"
        )
    _check_place(path)
    text = json.dumps(dict(sorted(identities.items())), ensure_ascii=True).encode()
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    _, cipher = _cipher(passphrase, salt)
    sealed = cipher.encrypt(nonce, text + b" " * (-len(text) % _BLOCK_BYTES), _HEADER + salt)
    _replace(path, _HEADER + salt + nonce + sealed)


def _check_place(path: Path) -> None:
    """Refuse a place inside a case, a link, and a folder that is not there."""
    if path.is_symlink():
        raise IdentitiesError(
            f"{path}: got a link; expected the place itself. "
            "Give the path that it leads to, if that is where you want them. [identities-inside]"
        )
    if any((folder / "case.toml").exists() for folder in path.resolve().parents):
        raise IdentitiesError(
            f"{path}: got a place inside a case; expected one outside, for a case is copied and sent. "
            "Give another place. [identities-inside]"
        )
    if not path.resolve().parent.is_dir():
        raise IdentitiesError(
            f"{path}: got no such folder; expected a place that can be written. Give another. [identities-missing]"
        )


def add_identity(path: Path, source: str, who: str, passphrase: str, replace: bool = False) -> int:
    """Add one identity to a file, and create the file if needed; two calls at once wait for each other.

    Args:
        replace: whether an identity that the file has for the source is written over.

    Returns: how many identities the file holds then.
    Raises: IdentitiesError as `read_identities` and `write_identities` do, where the source is there
        already, or where another process keeps the file.
    """
    from filelock import FileLock, Timeout

    _check_place(path)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT_S):
            held = read_identities(path, passphrase) if path.exists() else {}
            if not replace:
                refuse_repeated(path, source, held)
            write_identities(path, {**held, source: who}, passphrase)
            return len({**held, source: who})
    except Timeout as error:
        raise IdentitiesError(
            f"{path}: got a file that another process is writing; expected no other to use it. "
            "Wait until it is done; the file was not changed. [identities-busy]"
        ) from error
    except OSError as error:
        raise IdentitiesError(
            f"{path}: got {_why(error)}; expected a place that can be written. "
            "Give another; a file that was there stays as it was. [identities-missing]"
        ) from error


def refuse_repeated(path: Path, source: str, held: Collection[str]) -> None:
    """Raise an IdentitiesError where a file already says who a source is."""
    if source in held:
        raise IdentitiesError(
            f"{path}: got a source that it holds already; expected another. "
            "Add --replace to write over it. [identities-repeated]"
        )


def _no_extra() -> IdentitiesError:
    return IdentitiesError(
        "identities: got no library for encryption; expected the extra 'identities'. "
        "Run: pip install 'tumen[identities]'. [identities-extra]"
    )


def _replace(path: Path, data: bytes) -> None:
    """Put data in place of a file by one rename."""
    try:
        with drafted(path, path.parent, private=True) as draft:
            fill(draft, data)
    except OSError as error:
        raise IdentitiesError(
            f"{path}: got {_why(error)}; expected a place that can be written. "
            "Give another; a file that was there stays as it was. [identities-missing]"
        ) from error


def _cipher(passphrase: str, salt: bytes) -> tuple[type[Exception], Any]:
    """What is raised where a seal is broken, and the cipher under the stretched passphrase."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
    except ImportError as error:
        raise _no_extra() from error
    key = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode("utf-8", "surrogateescape"))
    return InvalidTag, AESGCM(key)


def _why(error: OSError) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    return (cause.strerror or type(cause).__name__).lower()
