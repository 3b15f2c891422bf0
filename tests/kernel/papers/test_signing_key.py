import io

import pytest
from django.core.management import CommandError, call_command

from lms.kernel.papers import signing


@pytest.fixture
def path(settings, tmp_path):
    settings.PAPER_SIGNING_KEY = tmp_path / "keys" / "papers.p12"
    return settings.PAPER_SIGNING_KEY


def make():
    out = io.StringIO()
    call_command("make_signing_key", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("passphrase", ["", "une phrase"])
def test_the_key_is_made_for_its_owner_alone_and_opens(path, settings, passphrase):
    settings.PAPER_SIGNING_PASSPHRASE = passphrase
    assert "créée" in make()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    certificate = signing.load_signer().signing_cert
    assert certificate.public_key.curve == ("named", "secp256r1")
    assert "sans valeur légale" in certificate.subject.human_friendly


def test_a_key_that_exists_is_never_overwritten(path):
    make()
    before = path.read_bytes()
    assert "gardée" in make()
    assert path.read_bytes() == before


def test_production_makes_no_key_for_itself(path, settings):
    settings.LOCAL = settings.DEMO = False
    with pytest.raises(CommandError, match="cachet électronique"):
        make()
    assert not path.exists()


def test_a_missing_key_or_a_wrong_passphrase_is_said(path, settings):
    with pytest.raises(signing.KeyMissing):
        signing.sign(b"")
    make()
    settings.PAPER_SIGNING_PASSPHRASE = "autre"
    with pytest.raises(signing.KeyMissing):
        signing.sign(b"")
