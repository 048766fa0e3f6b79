"""Files are written whole, under no name that can be foreseen, and nowhere but where they belong."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tumen import writing
from tumen.errors import WriteError
from tumen.writing import (
    cut,
    discard,
    drafted,
    fill,
    followed,
    is_link,
    move,
    named_by_user,
    new_file,
    taken,
    whole_folder,
    write_files,
)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file outside of every folder that is written to."""
    path = tmp_path / "victim" / "precious.txt"
    path.parent.mkdir()
    path.write_text("precious")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    return path


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_files_take_the_place_of_those_of_their_name(home: Path) -> None:
    (home / "a").write_text("old")
    assert write_files(home / "new", {"a": "1\r\n", "b": "é"}) == [home / "new/a", home / "new/b"]
    write_files(home, {"a": "new"})
    assert (home / "a").read_text() == "new"
    assert (home / "new/a").read_bytes() == b"1\r\n"
    assert names(home) == ["a", "new"]


def test_a_link_that_leads_out_is_refused_and_what_it_leads_to_stays(home: Path, victim: Path) -> None:
    (home / "a").symlink_to(victim)
    (home / "dangling").symlink_to(victim.with_name("none"))
    (home / "inner").symlink_to(victim.parent)
    for folder, name in ((home, "a"), (home, "dangling"), (home / "inner", "new")):
        with pytest.raises(WriteError, match="write-outside"):
            write_files(folder, {name: "x"}, root=home)
    assert victim.read_text() == "precious"
    assert names(victim.parent) == ["precious.txt"]


def test_a_link_inside_the_folder_is_followed(home: Path) -> None:
    (home / "real").mkdir()
    (home / "real/a").write_text("old")
    (home / "a").symlink_to("real/a")
    write_files(home, {"a": "new"})
    assert (home / "a").is_symlink()
    assert (home / "real/a").read_text() == "new"


def test_links_that_lead_to_one_another_are_refused(home: Path) -> None:
    (home / "a").symlink_to("b")
    (home / "b").symlink_to("a")
    with pytest.raises(WriteError, match="write-outside"):
        write_files(home, {"a": "x"})


@pytest.mark.parametrize("named", ["a", "a/x"])
def test_links_that_lead_to_one_another_are_not_followed_where_python_would(
    home: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "a").symlink_to("b")
    (home / "b").symlink_to("a")
    monkeypatch.setattr(Path, "resolve", lambda path: Path(os.path.realpath(path)))  # as Python 3.13 does
    with pytest.raises(OSError, match="symbolic links"):
        followed(home / named)


def test_path_to_what_is_not_there_yet_is_followed(home: Path) -> None:
    (home / "a").symlink_to("b")
    assert followed(home / "a" / "new") == home.resolve() / "b" / "new"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_replaced(home: Path, kind: str) -> None:
    (home / "a").mkdir() if kind == "folder" else os.mkfifo(home / "a")
    with pytest.raises(WriteError, match="something that is no file"):
        write_files(home, {"a": "x"})
    assert names(home) == ["a"]


def test_no_draft_stays_where_something_goes_wrong(home: Path) -> None:
    (home / "a").write_text("old")

    def half() -> None:
        with drafted(home / "a", home) as draft:
            fill(draft, b"half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert names(home) == ["a"]
    assert (home / "a").read_text() == "old"


def test_a_draft_has_another_name_every_time(home: Path) -> None:
    with drafted(home / "a", home) as one, drafted(home / "a", home) as other:
        assert one != other
        assert {len(p.name) for p in (one, other)} == {len(".0123456789abcdef.draft")}


def test_a_name_that_is_taken_is_not_written_to(home: Path, victim: Path) -> None:
    (home / "a").symlink_to(victim)
    with pytest.raises(FileExistsError):
        new_file(home / "a")
    assert victim.read_text() == "precious"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_keeps_its_permissions_and_a_private_one_is_its_owners(home: Path) -> None:
    (home / "a").write_text("old")
    (home / "a").chmod(0o640)
    write_files(home, {"a": "new"})
    with drafted(home / "b", home, private=True) as draft:
        fill(draft, b"secret")
    assert [stat.S_IMODE((home / n).stat().st_mode) for n in "ab"] == [0o640, 0o600]


def test_what_the_disk_refuses_is_said_and_the_old_file_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "a").write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(
        WriteError, match=r"'.*a' cannot be written: No space left on device; .*make room.*\[not-written\]"
    ):
        write_files(home, {"a": "new"})
    assert names(home) == ["a"]
    assert (home / "a").read_text() == "old"


def test_a_file_and_its_folder_are_on_the_disk_before_it_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    settled, replaced = writing._settle, Path.replace

    def settle(path: Path) -> None:
        done.append(path.name)
        settled(path)

    def replace(self: Path, target: Path) -> Path:
        done.append("replace")
        return replaced(self, target)

    monkeypatch.setattr(writing, "_settle", settle)
    monkeypatch.setattr(Path, "replace", replace)
    write_files(home, {"a": "x"})
    assert [name if not name.endswith(".draft") else "draft" for name in done] == ["draft", "replace", "home"]


def test_a_file_moves_from_another_device_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = home / "ours"
    ours.write_text("x")
    replaced = Path.replace

    def apart(self: Path, target: Path) -> Path:
        if self == ours:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", apart)
    with drafted(home / "a", home) as draft:
        move(ours, draft)
    assert (home / "a").read_text() == "x"
    assert names(home) == ["a"]


# ------------------------------------------------------------------ folders


def test_a_folder_appears_whole_or_not_at_all(home: Path) -> None:
    def half(draft: Path) -> None:
        (draft / "a").write_text("x")
        raise KeyError

    with pytest.raises(KeyError):
        whole_folder(home / "run", half)
    assert names(home) == []


def test_folders_of_one_name_get_numbers(home: Path) -> None:
    made = [whole_folder(home / "run", lambda draft: None, numbered=True).name for _ in range(3)]
    assert made == ["run", "run-2", "run-3"]


def test_a_link_in_place_of_a_folder_is_not_written_through(home: Path, victim: Path) -> None:
    (home / "run").symlink_to(victim.parent)
    assert whole_folder(home / "run", lambda draft: None, numbered=True).name == "run-2"
    with pytest.raises(WriteError):
        whole_folder(home / "run", lambda draft: None)
    assert names(victim.parent) == ["precious.txt"]


# ------------------------------------------------------------------ places that the user names


def test_a_folder_of_ones_own_may_lie_behind_links(home: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(home)
    assert named_by_user(tmp_path / "way" / "report") == tmp_path / "way" / "report"


def test_a_case_reached_through_a_link_may_be_written_to(home: Path, tmp_path: Path) -> None:
    (home / "case.toml").touch()
    (tmp_path / "way").symlink_to(home)
    assert named_by_user(tmp_path / "way" / "report")


@pytest.mark.parametrize("leads", ["into a case", "out of a case", "away", "below"])
def test_a_folder_that_is_not_where_it_says_is_refused(home: Path, tmp_path: Path, leads: str) -> None:
    case = home / "case"
    (case / "record").mkdir(parents=True)
    (case / "case.toml").touch()
    (tmp_path / "elsewhere").mkdir()
    link, to, named = {
        "into a case": (home / "report", case / "record", home / "report/new"),
        "out of a case": (case / "report", tmp_path / "elsewhere", case / "report/new"),
        "away": (home / "report", tmp_path / "elsewhere", home / "report"),
        "below": (case / "report", case / "record", case / "report"),
    }[leads]
    link.symlink_to(to)
    with pytest.raises(WriteError, match="write-outside"):
        named_by_user(named)


def test_a_path_that_goes_through_a_case_and_back_is_followed(home: Path) -> None:
    (home / "case.toml").touch()
    assert named_by_user(home / ".." / "report")


def test_a_name_that_is_too_long_is_said(home: Path) -> None:
    with pytest.raises(WriteError, match="File name too long"):
        write_files(home, {"x" * 300: "x"})


def test_a_folder_and_all_in_it_are_on_the_disk_before_it_has_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    settled, renamed = writing._settle, Path.rename

    def settle(path: Path) -> None:
        done.append("draft" if path.suffix == ".draft" else path.name)
        settled(path)

    def rename(self: Path, target: Path) -> Path:
        done.append("rename")
        return renamed(self, target)

    def make(draft: Path) -> None:
        (draft / "inner").mkdir()
        (draft / "inner/a").write_text("x")

    monkeypatch.setattr(writing, "_settle", settle)
    monkeypatch.setattr(Path, "rename", rename)
    whole_folder(home / "run", make)
    assert sorted(done[:-2]) == ["a", "draft", "inner"]
    assert done[-2:] == ["rename", "home"]


def test_a_place_is_taken_unless_it_is_new_or_an_empty_folder(home: Path) -> None:
    (home / "file").touch()
    (home / "empty").mkdir()
    (home / "full").mkdir()
    (home / "full/a").touch()
    (home / "link").symlink_to("empty")
    told = {name: taken(home / name) for name in ("new", "empty", "file", "full", "link")}
    assert told == {"new": False, "empty": False, "file": True, "full": True, "link": True}


def test_a_folder_that_is_discarded_goes_with_all_that_is_in_it(home: Path) -> None:
    (home / "run/inner").mkdir(parents=True)
    (home / "run/inner/a").touch()
    discard(home / "run")
    assert names(home) == []
    with pytest.raises(WriteError, match=r"'.*run' cannot be written: No such file"):
        discard(home / "run")


def test_a_file_is_cut_to_a_size_and_moves_into_a_draft(home: Path) -> None:
    (home / "ours").write_text("whole\nhal")
    cut(home / "ours", 6)
    with drafted(home / "a", home) as draft:
        move(home / "ours", draft)
    assert (home / "a").read_text() == "whole\n"
    assert names(home) == ["a"]


def test_a_refusal_names_the_place_and_where_its_link_leads(home: Path, victim: Path) -> None:
    (home / "report").symlink_to(victim.parent)
    with pytest.raises(WriteError) as told:
        named_by_user(home / "report")
    assert str(told.value).startswith(
        f"{home / 'report'}: got a link that points to '{victim.parent}'; expected a file or folder"
    )


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_new_file_has_the_permissions_that_the_user_set_for_new_files(home: Path) -> None:
    before = os.umask(0o022)
    try:
        new_file(home / "a").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((home / "a").stat().st_mode) == 0o644


def test_folders_above_are_made_and_a_link_out_of_them_is_named(home: Path, victim: Path) -> None:
    assert write_files(home / "one/two", {"a": "x"}) == [home / "one/two/a"]
    (home / "out").symlink_to(victim)
    with pytest.raises(WriteError) as told:
        write_files(home, {"out": "x"})
    assert str(told.value).startswith(
        f"{home / 'out'}: got a link that points out of '{home}'; expected a file or folder"
    )


def test_a_name_that_no_file_can_have_is_no_link(home: Path) -> None:
    assert not is_link(home / ("x" * 300))
