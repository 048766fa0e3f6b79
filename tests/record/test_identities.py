"""The file of identities: opens with its passphrase only, is whole or as it was, and says nothing when it fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tumen.cli import main
from tumen.errors import IdentitiesError
from tumen.record import identities
from tumen.record.identities import add_identity, read_identities, write_identities

WHO = {"official-1": "Kim Min-jun, second secretary", "official-2": "Lee Seo-yeon"}
PASSPHRASE = "four words and a number 7"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stretching costs is measured in benchmarks."""
    monkeypatch.setattr(identities, "_COST", 2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "identities.tumen"
    write_identities(path, WHO, PASSPHRASE)
    return path


def refused(path: Path, passphrase: str = PASSPHRASE) -> str:
    """The message with which a file is refused; it and its causes hold no identity."""
    with pytest.raises(IdentitiesError) as caught:
        read_identities(path, passphrase)
    for text in (*WHO, *WHO.values(), PASSPHRASE):
        assert text not in str(caught.value)
    return str(caught.value)


def test_what_is_written_is_read_again(file: Path) -> None:
    assert read_identities(file, PASSPHRASE) == WHO


def test_the_file_holds_nothing_readable_and_is_its_owners_alone(file: Path) -> None:
    data = file.read_bytes()
    for text in (*WHO, *WHO.values(), PASSPHRASE):
        assert text.encode() not in data
    assert file.stat().st_mode & 0o077 == 0


def test_its_size_does_not_tell_how_much_it_holds(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tumen"
    write_identities(other, {}, PASSPHRASE)
    assert other.stat().st_size == file.stat().st_size


def test_the_same_content_is_never_sealed_alike(file: Path) -> None:
    before = file.read_bytes()
    write_identities(file, WHO, PASSPHRASE)
    assert file.read_bytes() != before


def test_a_wrong_passphrase_is_refused(file: Path) -> None:
    assert "[identities-locked]" in refused(file, "guess")


@pytest.mark.parametrize("kept", [0, 5, 19, 30, 47, 48, 100, 4000, -1])
def test_a_truncated_file_is_refused(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    assert "[identities-damaged]" in refused(file)


def test_a_file_of_a_newer_version_is_refused_and_left_alone(file: Path) -> None:
    newer = file.read_bytes().replace(b"tumen-identities 1\n", b"tumen-identities 2\n")
    file.write_bytes(newer)
    assert "[identities-newer]" in refused(file)
    assert file.read_bytes() == newer


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 4200), byte=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_noticed(file: Path, at: int, byte: int) -> None:
    data = bytearray(file.read_bytes())
    data[at % len(data)] ^= byte
    changed = file.with_suffix(".changed")
    changed.write_bytes(bytes(data))
    refused(changed)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=5000), headed=st.booleans())
def test_any_bytes_are_refused_with_our_own_error(tmp_path: Path, data: bytes, headed: bool) -> None:
    path = tmp_path / "any.tumen"
    path.write_bytes((b"tumen-identities 1\n" if headed else b"") + data)
    refused(path)


def test_a_failed_write_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(IdentitiesError, match=r"no space left on device.*stays as it was"):
        write_identities(file, {}, PASSPHRASE)
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_a_place_inside_a_case_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.toml").touch()
    (tmp_path / "record").mkdir()
    with pytest.raises(IdentitiesError, match="identities-inside"):
        write_identities(tmp_path / "record" / "identities.tumen", WHO, PASSPHRASE)


def test_no_other_module_opens_the_file() -> None:
    source = Path(identities.__file__).parents[1]
    modules = [p for p in source.rglob("*.py") if "record.identities" in p.read_text(encoding="utf-8")]
    assert {p.relative_to(source).as_posix() for p in modules} == {"commands/identities_command.py"}


# ------------------------------------------------------------------ the command


def tumen(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["identities", *(str(w) for w in words)], input=typed, catch_exceptions=False)


def test_identities_are_added_and_shown_with_a_typed_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "identities.tumen"
    added = tumen("add", path, typed="pass word\npass word\nofficial-1\nKim Min-jun\n")
    assert added.exit_code == 0
    assert "pass word" not in added.output
    assert tumen("add", path, typed="pass word\nofficial-2\nLee Seo-yeon\n").stdout == f"{path} holds 2 identities.\n"
    assert tumen("show", path, typed="pass word\n").stdout == "official-1: Kim Min-jun\nofficial-2: Lee Seo-yeon\n"
    assert tumen("check", path, typed="pass word\n").stdout == f"{path} opens and holds 2 identities.\n"


def test_a_source_that_the_file_holds_is_not_written_over_unasked(file: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text(PASSPHRASE + "\n")
    refusal = tumen("add", file, "--passphrase-file", words, typed="official-1\nSomebody\n")
    assert refusal.exit_code == 2
    assert "[identities-repeated]" in refusal.stderr
    assert read_identities(file, PASSPHRASE) == WHO
    assert tumen("add", file, "--passphrase-file", words, "--replace", typed="official-1\nSomebody\n").exit_code == 0
    assert read_identities(file, PASSPHRASE) == WHO | {"official-1": "Somebody"}


def test_a_wrong_passphrase_adds_nothing(file: Path) -> None:
    before = file.read_bytes()
    refusal = tumen("add", file, typed="guess\nofficial-3\nSomebody\n")
    assert (refusal.exit_code, file.read_bytes()) == (2, before)
    assert "[identities-locked]" in refusal.stderr


def test_of_many_who_add_at_once_nobody_is_lost(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add_identity(file, f"source-{n}", f"Person {n}", PASSPHRASE), range(24)))
    assert read_identities(file, PASSPHRASE) == WHO | {f"source-{n}": f"Person {n}" for n in range(24)}


def test_a_file_that_another_process_writes_is_waited_for_and_then_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "_WAIT_S", 0.05)
    before = file.read_bytes()
    with FileLock(file.with_name(f".{file.name}.lock")), pytest.raises(IdentitiesError, match="identities-busy"):
        add_identity(file, "source-3", "A Person", PASSPHRASE)
    assert file.read_bytes() == before


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IdentitiesError, match="identities-missing"):
        add_identity(tmp_path / "nowhere" / "identities.tumen", "source-3", "A Person", PASSPHRASE)
