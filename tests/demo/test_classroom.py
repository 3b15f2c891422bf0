import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from lms.demo.population import PERSONAS, populate_classroom
from parcours.classroom.models import Session
from tests.catalogue.factories import EditionFactory

pytestmark = pytest.mark.django_db
SEANCES = [{"id": f"seance-{rank}", "title": f"Séance {rank}", "minutes": 210} for rank in (1, 2)]


def test_a_remote_session_run_from_mayotte_says_both_hours_to_who_reads_it_from_paris(client):
    call_command("load_demo", people=5, verbosity=0)
    EditionFactory(content={"title": "Aidants Connect", "objectives": [], "seances": SEANCES, "modules": []})
    assert populate_classroom(people=5) == 20
    assert populate_classroom(people=5) == 0
    coming = Session.objects.filter(modality="remote", zone="Indian/Mayotte", starts_at__gt=timezone.now()).first()
    referente = next(one for one in PERSONAS if one.code == "referente")
    client.post("/_demonstration/connexion/", {"persona": referente.code})
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(f"/sessions/{coming.public_id}/").content.decode()))
    assert "7 h" in said
    assert "9 h" in said
    assert "heure de Mayotte" in said
