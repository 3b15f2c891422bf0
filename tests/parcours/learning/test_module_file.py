"""The file of a module: everything to read, nothing to fetch, no answer given away, nobody named."""

import re
from base64 import b64encode

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from parcours.catalogue.models import FrozenMedium
from parcours.learning.documents import BUDGET, module_file, weights_of
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.assessment.factories import question
from tests.catalogue.factories import MODULE_ID, EditionFactory
from tests.parcours.learning.factories import REAL, EnrolmentFactory, activity, reply, wrong
from tests.parcours.learning.views.sending import plain, text_of

pytestmark = pytest.mark.django_db


def medium(name, raw, sha):
    kept = FrozenMedium(sha256=sha, name=name, content_type="image/png", size=len(raw))
    kept.file.save(name, ContentFile(raw), save=False)
    kept.save()
    return kept


def figure(sha, label="Un schéma"):
    return f'<figure><img src="/catalogue/medias/{sha}/schema.png" alt="{label}" loading="lazy"></figure>'


def carrying(*images, kinds=("choix-unique",)):
    """An edition of one module whose first étape shows these images."""
    texts = "".join(figure(one.sha256) for one in images)
    nodes = [
        {"type": "html", "html": f"<h2>Le mandat</h2>{texts}<p><a href='../etape-2/'>x</a></p>".replace("'", '"')},
        {"type": "questions", "id": "s", "title": "", "questions": [question(kind) for kind in kinds]},
    ]
    edition = EditionFactory(
        activities=[{"title": "Comprendre", "rule": {"kind": "answered"}, "nodes": nodes}, {"title": "Relire"}]
    )
    edition.media.add(*images)
    return EnrolmentFactory(edition=edition)


def written(enrolment):
    return module_file(enrolment, MODULE_ID).decode()


def test_it_holds_every_etape_of_the_module_and_their_images():
    image = medium("schema.png", b"PNG" * 100, "a" * 64)
    enrolment = carrying(image)
    html = written(enrolment)
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert ("Comprendre" in html, "Relire" in html) == (True, True)
    assert f'src="data:image/png;base64,{b64encode(b"PNG" * 100).decode()}"' in html
    assert 'href="#etape-etape-2"' in html
    assert "<h3>Le mandat</h3>" in html


def test_it_asks_for_nothing_outside():
    html = written(carrying(medium("schema.png", b"PNG", "a" * 64)))
    assert not re.search(r'\b(?:src|srcset|action)="(?!data:)', html)
    assert "<script" not in html and "<link" not in html and "@import" not in html and "url(" not in html
    assert "default-src 'none'" in html


def test_answers_are_not_given_away():
    enrolment = carrying(kinds=("choix-unique", "vrai-faux"))
    html = written(enrolment)
    assert plain(html).count("Vous répondrez en ligne.") == 2
    for words in ("Réponse attendue", "Retour 1", "Tant qu’il agit lui-même"):
        assert words not in html


def test_what_was_answered_teaches_and_does_not_say_how_it_was_answered():
    enrolment = carrying(kinds=("choix-unique", "vrai-faux"))
    lesson = activity(enrolment, 0)
    reply(enrolment, lesson, lesson.questions[0])
    right = written(enrolment)
    other = EnrolmentFactory(edition=enrolment.edition)
    reply(other, lesson, lesson.questions[0], wrong(lesson.questions[0]))
    assert plain(right).count("Réponse attendue") == 1
    assert "<details>" in right and "<details open" not in right
    assert written(other) == right


def test_nobody_is_named_in_it():
    enrolment = EnrolmentFactory(started=True, person=PersonFactory(first_name="Awa", last_name="D’Almeida"))
    html = written(enrolment)
    for value in ("Awa", "D’Almeida", enrolment.person.email, enrolment.employer.name, str(enrolment.person.public_id)):
        assert value not in html
    assert f"/parcours/{enrolment.pk}/" not in html
    assert "csrf" not in html


def test_images_beyond_the_budget_are_left_online_with_what_they_weigh():
    images = [medium(f"{rank}.png", bytes([rank]) * 400_000, str(rank) * 64) for rank in range(1, 4)]
    html = written(carrying(*images))
    assert len(html.encode()) <= BUDGET
    assert html.count("data:image/png") == 1
    assert plain(html).count("À voir en ligne, 400 ko") == 2


def test_a_film_is_left_online():
    nodes = [
        {
            "type": "html",
            "html": '<video aria-label="Le film"><source src="/catalogue/medias/x/film.mp4"></video><p>Texte.</p>',
        }
    ]
    html = written(EnrolmentFactory(edition=EditionFactory(activities=[{"nodes": nodes}])))
    assert "Vidéo : Le film (à voir en ligne)." in plain(html)
    assert "<video" not in html


def test_a_file_has_a_good_name_and_is_kept_whole(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.person)
    page = client.get(enrolment.get_absolute_url())
    url = reverse("learning:download_module", args=[enrolment.pk, MODULE_ID])
    assert f'href="{url}"' in page.content.decode()
    assert re.search(r"à lire sans réseau, environ \d+ ko", text_of(page))
    response = client.get(url)
    assert response["Content-Disposition"] == 'attachment; filename="cadre-juridique.html"'
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("module_id", ["inconnu", "00000000-0000-4000-8000-000000000000"])
def test_a_module_of_another_course_is_nothing(client, module_id):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.person)
    assert client.get(reverse("learning:download_module", args=[enrolment.pk, module_id])).status_code == 404


def test_the_weight_announced_is_close_to_the_true_one():
    image = medium("schema.png", b"PNG" * 20_000, "a" * 64)
    enrolment = carrying(image, kinds=("choix-unique", "choix-multiple", "vrai-faux"))
    told = weights_of(enrolment.edition_id, enrolment.edition.digest)[MODULE_ID]
    assert 0.9 < told / len(module_file(enrolment, MODULE_ID)) < 1.1


def test_it_costs_the_same_for_two_etapes_or_seventeen(django_assert_max_num_queries):
    enrolment = Enrolment.objects.for_home().get(pk=EnrolmentFactory(edition=EditionFactory(activities=REAL)).pk)
    with django_assert_max_num_queries(3):
        module_file(enrolment, MODULE_ID)
