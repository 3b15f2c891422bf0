"""The commands of the guide make a key that signs; renewing it leaves the issued papers verifiable."""

import datetime
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings as product
from django.core.checks import run_checks
from django.utils import timezone

from lms.kernel import papers
from lms.kernel.papers import checking, pdf, signing

PASSPHRASE = "VOTRE PHRASE SECRÈTE"


def commands():
    guide = (Path(product.BASE_DIR) / "docs/exploitation.md").read_text()
    [block] = [block for block in re.findall(r"```sh\n(.*?)```", guide, re.S) if "openssl req" in block]
    return block.replace("cd /etc/parcours-aidants\n", "").replace("&& chown root:parcours papers.p12", "")


@pytest.fixture
def renew_key(tmp_path, settings):
    """Makes a key as the guide says and puts it in force."""

    def renew(name):
        folder = tmp_path / name
        folder.mkdir()
        subprocess.run(["sh", "-euc", commands()], cwd=folder, check=True, capture_output=True)
        settings.PAPER_SIGNING_KEY, settings.PAPER_SIGNING_PASSPHRASE = folder / "papers.p12", PASSPHRASE
        return folder

    return renew


def test_the_key_of_the_guide_opens_and_leaves_no_bare_key_behind(renew_key):
    folder = renew_key("first")
    assert sorted(path.name for path in folder.iterdir()) == ["certificat.pem", "papers.p12"]
    assert (folder / "papers.p12").stat().st_mode & 0o007 == 0
    certificate = signing.load_signer().signing_cert
    assert certificate.not_valid_after - timezone.now() > datetime.timedelta(days=1800)
    assert "kernel.E001" not in [found.id for found in run_checks(include_deployment_checks=True)]


@pytest.mark.django_db
def test_a_paper_signed_with_the_old_key_stays_the_one_that_was_issued(renew_key, monkeypatch):
    kind = papers.PaperKind("essai", "essai", "ESS", "", "", "", "")
    monkeypatch.setitem(papers.KINDS, kind.code, kind)
    certificates = []
    issued = []
    for name in ("old", "new"):
        renew_key(name)
        signed, certificate = signing.sign(pdf.to_pdf(f"<html lang='fr'><body><p>{name}</p></body></html>"))
        certificates.append(certificate)
        paper = papers.reserve(kind, key=name, person=None, organisation=None, content={})
        issued.append((papers.seal(paper, papers.Rendition(signed, "<p></p>", certificate)), signed))

    assert certificates[0] != certificates[1]
    assert [checking.check(paper, data) for paper, data in issued] == [checking.Outcome.SAME] * 2
