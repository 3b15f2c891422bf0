"""The words one searches by and the labels of competences are edited in the CMS, by those who answer for them."""

import pytest
from django.urls import reverse

from lms.organisations.actions import add_member
from lms.organisations.models import Role
from parcours.catalogue import actions
from parcours.catalogue.models import Competence, Facet
from tests.accounts.factories import PersonFactory
from tests.catalogue.engine.texts import files
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
FACETS = "metiers:\n  agents: Agents d’accueil\nthemes:\n  mandat: Le mandat\n".encode()
COMPETENCES = "Agir:\n  mandat: Préparer un mandat\n  cadre-juridique: Distinguer\n".encode()


@made_once
def words():
    actions.load_catalogue(files() | {"facettes.yaml": FACETS, "competences.yaml": COMPETENCES})


def reviewer(**kind):
    person = PersonFactory()
    add_member(person, OrganisationFactory(**kind), role=Role.REVIEWER, by=None)
    return signed_in(person)


@pytest.mark.parametrize("model", [Facet, Competence])
def test_national_reviewers_edit_the_words_of_the_catalogue(words, model):
    client = reviewer(anct=True)
    word = model.objects.first()
    assert client.get(reverse(model.snippet_viewset.get_url_name("list"))).status_code == 200
    edit = reverse(model.snippet_viewset.get_url_name("edit"), args=[word.pk])
    values = {"label": "Un autre libellé", "position": 3, "domain": "Agir"}
    values |= {"kind": word.kind, "slug": word.slug} if model is Facet else {"code": word.code}
    assert client.post(edit, values).status_code == 302
    word.refresh_from_db()
    assert word.label == "Un autre libellé"


@pytest.mark.parametrize("model", [Facet, Competence])
def test_an_organisation_does_not(words, model):
    client = reviewer(training=True)
    assert client.get(reverse(model.snippet_viewset.get_url_name("list"))).status_code == 302
    assert client.get(reverse(model.snippet_viewset.get_url_name("add"))).status_code == 302


def test_loading_again_keeps_the_label_written_in_the_cms(words):
    Facet.objects.filter(slug="agents").update(label="Agents de l’accueil")
    report = actions.load_catalogue(files() | {"facettes.yaml": FACETS, "competences.yaml": COMPETENCES})
    assert report.is_idle
    assert Facet.objects.get(slug="agents").label == "Agents de l’accueil"
