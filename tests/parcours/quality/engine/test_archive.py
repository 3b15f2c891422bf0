import io
import zipfile
from pathlib import Path

import pytest

from parcours.quality.engine import verifier
from parcours.quality.engine.archive import MANIFEST, SUMS, Archive, file_part, path_of
from parcours.quality.engine.masking import mask
from parcours.quality.engine.sampling import draw

FILES = {"papiers/001-un.txt": b"un", "suivi/001-deux.html": b"<p>deux</p>"}


def packed(files=FILES):
    out = io.BytesIO()
    archive = Archive(out)
    for path, data in files.items():
        archive.add(path, [data], title=path)
    archive.close({"session": "essai"})
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "dossier"
    zipfile.ZipFile(io.BytesIO(packed())).extractall(root)
    return root


def faults(place):
    return verifier.check(verifier.Folder(place))[0]


def test_the_same_pieces_make_the_same_bytes():
    assert packed() == packed()


def test_a_whole_folder_has_no_fault(folder):
    assert faults(folder) == []
    assert verifier.main([str(folder)]) == 0


def test_altering_one_byte_names_the_file(folder, capsys):
    path = folder / "papiers/001-un.txt"
    path.write_bytes(b"uN")
    assert faults(folder) == ["papiers/001-un.txt : modifié."]
    assert verifier.main([str(folder)]) == 1
    assert "papiers/001-un.txt : modifié." in capsys.readouterr().out


def test_a_file_added_or_removed_is_named(folder):
    (folder / "suivi/001-deux.html").unlink()
    (folder / "suivi/999-faux.html").write_text("faux")
    assert faults(folder) == [
        "suivi/001-deux.html : absent.",
        "suivi/999-faux.html : ajouté, il n’est pas au manifeste.",
    ]


def test_a_manifest_written_again_is_seen(folder):
    path = folder / MANIFEST
    path.write_text(path.read_text().replace("essai", "autre"))
    assert any(one.startswith(SUMS) for one in faults(folder))


def test_the_zip_is_checked_without_being_opened_out(tmp_path, capsys):
    path = tmp_path / "dossier.zip"
    path.write_bytes(packed())
    assert verifier.main([str(path)]) == 0


def test_one_byte_altered_inside_the_zip_names_the_file(tmp_path, capsys):
    data = bytearray(packed({"papiers/001-un.txt": bytes(range(256)) * 20, "z.txt": b"z"}))
    data[len("papiers/001-un.txt") + 40] ^= 1
    path = tmp_path / "dossier.zip"
    path.write_bytes(data)
    assert verifier.main([str(path)]) == 1
    assert "papiers/001-un.txt : modifié." in capsys.readouterr().out


def test_what_is_no_archive_and_what_is_not_there_are_said(tmp_path, capsys):
    path = tmp_path / "vide.zip"
    path.write_bytes(b"rien")
    assert verifier.main([str(path)]) == 1
    assert verifier.main([str(tmp_path / "absent")]) == 2


def test_a_path_that_leaves_the_folder_is_named(tmp_path):
    path = tmp_path / "dossier.zip"
    path.write_bytes(packed())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../dehors.txt", "sorti")
    found, _ = verifier.check(verifier.Zip(path))
    assert "../dehors.txt : son chemin sort du dossier." in found


@pytest.mark.parametrize("path", ["../dehors.txt", "/etc/passwd", "a//b.txt", "a\\b.txt", "./a.txt"])
def test_no_path_of_the_archive_leaves_it(path):
    with pytest.raises(ValueError):
        Archive(io.BytesIO()).add(path, [b""])


def test_a_path_is_written_once():
    archive = Archive(io.BytesIO())
    archive.add("a.txt", [b"1"])
    with pytest.raises(ValueError):
        archive.add("a.txt", [b"2"])


@pytest.mark.parametrize(
    ("text", "part"),
    [("Éric & Zoë / ../..", "eric-zoe"), ("…", "piece"), ("a" * 100, "a" * 60), ("C:\\Windows", "c-windows")],
)
def test_any_title_makes_a_part_of_a_path(text, part):
    assert file_part(text) == part


def test_a_path_says_its_folder_its_rank_and_its_title():
    assert path_of("Présences", 3, "Léa Martin", "html") == "presences/003-lea-martin.html"


def test_the_checker_needs_the_standard_library_only():
    source = Path(verifier.__file__).read_text()
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"hashlib", "json", "sys", "zipfile", "zlib", "pathlib"}


def test_the_names_of_others_are_masked_whole_or_family_name_alone():
    names = [("Jean-Marc", "Le Goff"), ("Inès", "Roy")]
    text = "Demandez à Jean Marc Le Goff, à LE-GOFF ou à Roy Inès. Le royaume reste."
    masked, count = mask(text, names)
    assert masked == "Demandez à [nom masqué], à [nom masqué] ou à [nom masqué]. Le royaume reste."
    assert count == 3


def test_a_name_that_is_empty_or_two_letters_masks_nothing():
    assert mask("On y va.", [("", ""), ("", "On")]) == ("On y va.", 0)


def test_the_draw_is_the_same_for_whoever_draws_again_and_changes_with_the_seed():
    known = [str(one) for one in range(100)]
    first = draw("graine", known, 5)
    assert first == draw("graine", reversed(known), 5)
    assert first != draw("autre", known, 5)
    assert len(draw("graine", known[:3], 5)) == 3
