"""An operator goes to a new version and comes back, with the commands of the guide."""

import subprocess
import sys
from pathlib import Path

import pytest

from lms.kernel.management.commands.make_signing_key import new_key
from tests.operations.installation import ROOT, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.long]


def git(folder, *args):
    identity = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr", "-c", "advice.detachedHead=false"]
    done = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def program(tmp_path):
    """A copy of this program with its origin, where the version « v-next » waits."""
    git(tmp_path, "clone", "--quiet", "--bare", ROOT, "origin")
    git(tmp_path, "clone", "--quiet", "origin", "author")
    author = tmp_path / "author"
    (author / "CHANGELOG.md").write_text("# The next version\n")
    for name in ("update", "rollback"):  # a script that replaces itself while it runs
        text = (author / "scripts" / name).read_text()
        (author / "scripts" / name).write_text(text.replace("\n", "\n# ", 1))
    git(author, "commit", "--quiet", "--all", "--message", "Next")
    git(author, "tag", "v-next")
    git(tmp_path, "clone", "--quiet", "origin", "program")
    git(author, "push", "--quiet", "origin", "v-next")
    (tmp_path / "program/.venv").symlink_to(Path(sys.prefix))
    return tmp_path / "program"


def test_a_version_is_installed_and_undone_with_its_database(migrated_installation, program):
    installation = migrated_installation("updated")
    (installation.folder / "papers.p12").write_bytes(new_key("a phrase of the tests"))
    first = git(program, "rev-parse", "HEAD")

    with pytest.raises(Refused, match="La version v-absent n’existe pas : rien n’a changé"):
        installation.script("update", "v-absent", root=program)
    said = installation.script("update", "v-next", root=program)

    assert (program / "CHANGELOG.md").read_text() == "# The next version\n"
    saved = said.splitlines()[-1].rpartition(" ")[2]
    installation.python("-m", "tests.operations.life", "make")

    with pytest.raises(Refused, match=r"1 document\(s\) délivré\(s\) depuis cette sauvegarde"):
        installation.script("rollback", saved, root=program)
    installation.script("rollback", saved, "--malgre-les-documents", root=program)

    assert git(program, "rev-parse", "HEAD") == first
    assert '"papers": []' in installation.python("-m", "tests.operations.life", "look")
    [kept] = installation.backups.glob("avant-retour-*")
    assert sorted(path.name for path in kept.iterdir()) == ["database", "papers.tar"]
