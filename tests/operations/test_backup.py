"""A backup is worth what its restoration gives back."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.operations.installation import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def look(installation):
    return json.loads(installation.python("-m", "tests.operations.life", "look"))


def files(installation):
    folders = (installation.data / "media", installation.data / "papers")
    return {
        str(path.relative_to(installation.data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def lived(migrated_installation):
    installation = migrated_installation("lived")
    installation.python("-m", "tests.operations.life", "make")
    return installation


@pytest.fixture(scope="module")
def saved(lived):
    return Path(lived.script("backup"))


@pytest.fixture(scope="module")
def known(lived):
    return look(lived)


def test_what_was_saved_comes_back_whole_and_proven(lived, saved, known, empty_installation):
    new = empty_installation("new")

    said = new.script("restore", saved)

    assert "Journal intact : 5 ligne(s)" in said
    assert "1 document(s) délivré(s), tous intacts" in said
    found = look(new)
    assert found == known
    assert files(new) == files(lived)
    [[number, sha256]] = found["papers"]
    assert files(new)[f"papers/essai/{number.split('-')[1]}/{number}/{sha256}.pdf"] == sha256
    with pytest.raises(Refused, match="n’est pas vide : rien n’a été touché"):
        new.script("restore", saved)


def test_only_the_owner_reads_a_backup_and_it_is_whole_when_it_has_its_name(lived, saved):
    assert [path.name for path in lived.backups.iterdir()] == [saved.name]
    assert sorted(path.name for path in saved.iterdir()) == ["MANIFEST", "database", "media.tar", "papers.tar"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in [saved, *saved.iterdir()])


@pytest.mark.parametrize("part", ["database", "media.tar", "papers.tar", "MANIFEST"])
def test_an_altered_backup_is_refused_before_anything_is_touched(part, tmp_path, empty_installation):
    installation, saved = empty_installation("empty"), tmp_path / "saved"
    saved.mkdir()
    for name in ("database", "media.tar", "papers.tar"):
        (saved / name).write_bytes(name.encode())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(saved.iterdir())]
    (saved / "MANIFEST").write_text("\n".join(["# version inconnue", *lines]) + "\n")
    altered = (saved / part).read_bytes()
    (saved / part).write_bytes(altered[:-2] if part == "MANIFEST" else altered + b" ")

    with pytest.raises(Refused, match="altérée : rien n’a été touché"):
        installation.script("restore", saved)

    assert files(installation) == {}


def test_a_backup_of_another_version_says_which_one_to_take_first(tmp_path, empty_installation):
    saved = tmp_path / "saved"
    saved.mkdir()
    lines = []
    for name in ("database", "media.tar", "papers.tar"):
        (saved / name).write_bytes(b"")
        lines.append(f"{hashlib.sha256(b'').hexdigest()}  {name}")
    (saved / "MANIFEST").write_text("\n".join([f"# version {'0' * 40}", *lines]) + "\n")

    with pytest.raises(Refused, match=f"git checkout --detach {'0' * 40}"):
        empty_installation("empty").script("restore", saved)


def test_a_database_that_fails_to_come_back_leaves_the_other_as_it_was(lived, saved, known, tmp_path):
    whole = (saved / "database").read_bytes()
    broken = tmp_path / "broken"
    broken.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(Refused):
        lived.python("manage.py", "restore_database", "--replace", broken)

    assert look(lived) == known


def test_settings_that_cannot_be_read_are_said(empty_installation):
    installation = empty_installation("lost")
    installation.env_file.unlink()
    with pytest.raises(Refused, match=r"Le fichier de réglages .* ne peut pas être lu"):
        installation.script("backup")
