"""The blocks as an edition keeps them, and as the CMS previews them, finished or not."""

import io
import json
import re
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from parcours.catalogue import actions
from parcours.catalogue.models import Edition, FrozenMedium, ModulePage
from tests.accounts.factories import PersonFactory
from tests.catalogue.engine.test_blocks import ALL
from tests.catalogue.engine.texts import MODULE, files
from tests.catalogue.situations import loaded
from tests.permissions.matrix import read_whole, signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def frozen() -> str:
    module = MODULE.replace("::: questions", f"{ALL}\n::: questions")
    actions.load_catalogue(files(module=module) | {"media/message.mp3": b"ID3\x03 et la suite"})
    nodes = Edition.objects.get().activities.get().nodes
    return "\n".join(node["html"] for node in nodes if node["type"] == "html").replace("\u00a0", " ")


def test_a_dialogue_unfolds_by_native_means_and_is_read_straight():
    html = frozen()
    assert "<script" not in html and "onclick" not in html
    dialogue = html[html.index('class="bloc-dialogue"') :]
    assert dialogue.count('<details class="bloc-dialogue__reponse">') == 4
    assert "<summary>Gardez la souris.</summary>" in dialogue
    anchor = re.search(r'href="#(dialogue-\w+-1)"', dialogue)[1]
    assert f'id="{anchor}"' in dialogue
    straight = dialogue[dialogue.index("Lire le dialogue en entier") :]
    for said in ("Faites-le : je n’y comprends rien.", "Et si je me trompe ?", "Elle n’apprend rien.", "Sans mandat."):
        assert said in straight
    assert (
        "Suite à la réplique 2." in straight and "Suite à la réplique 1." in straight and "Fin du dialogue." in straight
    )


def test_every_id_of_an_etape_is_its_own():
    ids = re.findall(r' id="([^"]+)"', frozen())
    assert ids and len(ids) == len(set(ids))


def test_an_accordion_a_citation_and_a_glossary_are_what_they_say():
    html = frozen()
    assert html.count("<details") >= 2
    assert "<summary>La loi</summary>" in html
    assert "<blockquote><p>Un.</p><p>Deux.</p></blockquote>" in html.replace("\n", "")
    assert '<figcaption>Anne Ici, <cite><a href="https://a.fr/b" rel="noopener">Rapport</a></cite>, 2019' in html
    assert "<dt>Usager</dt>" in html and "<dd><p>une <i>personne</i>.</p></dd>" in html


def test_a_sound_is_frozen_loads_nothing_by_itself_and_tells_its_weight():
    html = frozen()
    (medium,) = FrozenMedium.objects.filter(name="message.mp3")
    assert f'<source src="{medium.get_absolute_url()}" type="audio/mpeg">' in html
    assert '<audio controls="" preload="none" aria-label="Un message">' in html
    assert "Un message (2 min, 1 ko)" in html
    assert "<p>Bonjour.</p>" in html


def photo(width, height=600, kind="JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def edition_with_photo(catalogue, raw, name="photo.jpg"):
    _, module = catalogue
    image = get_image_model().objects.create(title="Photo", file=ContentFile(raw, name=name))
    value = {"image": image.pk, "alternative": "Un guichet", "decorative": False, "caption": "", "text_equivalent": ""}
    body = module.body.get_prep_value()
    body[0]["value"]["content"].insert(0, {"type": "image", "value": value, "id": str(uuid.uuid4())})
    module.body = json.dumps(body)
    module.save_revision().publish()
    module.in_parcours.get().page.save_revision().publish()
    edition = Edition.objects.order_by("-number").first()
    return edition, re.search(r"<img [^>]*Un guichet[^>]*>", edition.activities.get().nodes[0]["html"])[0]


@pytest.mark.parametrize(
    ("width", "widths"), [(300, []), (600, [400, 600]), (1000, [400, 800, 1000]), (3000, [400, 800, 1200])]
)
def test_a_photo_is_frozen_in_three_widths_and_never_enlarged(catalogue, width, widths):
    edition, tag = edition_with_photo(catalogue, photo(width))
    assert [int(one) for one in re.findall(r"(\d+)w", tag)] == widths
    kept = edition.media.filter(content_type="image/jpeg")
    assert kept.count() == max(1, len(widths))
    for address in re.findall(r"/catalogue/medias/[^\s\"]+", tag):
        assert kept.filter(sha256=address.split("/")[3]).exists()
    assert f'width="{(widths or [width])[-1]}"' in tag
    assert 'loading="lazy"' in tag
    assert ("sizes=" in tag) == bool(widths)


def test_a_rendition_of_another_format_is_named_as_it_is(catalogue):
    edition, _ = edition_with_photo(catalogue, photo(1000, kind="WEBP"), name="photo.webp")
    for medium in edition.media.exclude(content_type="image/svg+xml"):
        with medium.file.open() as kept:
            assert kept.read(4).startswith(b"\x89PNG") == medium.name.endswith(".png")


def test_a_drawing_is_kept_as_it_is(catalogue):
    html = Edition.objects.get().activities.get().nodes[0]["html"]
    assert "srcset" not in html


def test_a_frozen_photo_survives_a_replaced_file(catalogue):
    _, tag = edition_with_photo(catalogue, photo(1000))
    image = get_image_model().objects.get(title="Photo")
    image.file.delete(save=False)
    client = signed_in(PersonFactory())
    for address in re.findall(r"/catalogue/medias/[^\s\"]+", tag):
        assert read_whole(client.get(address)).status_code == 200


EMPTY = [
    ("image", {"image": None, "alternative": "", "decorative": False, "caption": "", "text_equivalent": ""}),
    ("document", {"document": None, "title": ""}),
    ("video", {"title": "", "video": None, "captions": None, "minutes": None, "transcript": ""}),
    ("audio", {"title": "", "audio": None, "minutes": None, "transcript": ""}),
    ("citation", {"text": "", "author": "", "source": "", "year": None, "url": ""}),
    ("accordeon", {"title": "", "sections": []}),
    ("glossaire", {"title": "", "terms": []}),
    ("lien", {"kind": "pix", "title": "", "url": "", "text": "", "equivalent": ""}),
    ("marche", {"title": "", "steps": []}),
    ("exercice", {"title": "", "minutes": None, "instructions": "", "answer": ""}),
    ("dialogue", {"title": "", "situation": "", "person": "La dame", "replicas": []}),
    ("questions", {"title": "", "rule": "score", "threshold": None, "keep": "", "questions": []}),
]


def test_an_unfinished_draft_is_previewed_and_does_not_disturb_the_next_load(catalogue):
    _, module = catalogue
    content = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in EMPTY]
    etape = {"title": "", "slug": "", "minutes": None, "reflection": None, "reflection_reason": "", "estimate": False}
    module.body = json.dumps([{"type": "etape", "value": etape | {"content": content}, "id": str(uuid.uuid4())}])
    module.save_revision(clean=False)
    client = signed_in(PersonFactory(staff=True))
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[module.pk]))
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "L’image reste à choisir." in text and "Le son reste à choisir." in text
    assert "Ce dialogue ne peut pas encore se déplier" in text
    assert ModulePage.objects.get().get_latest_revision_as_object().body[0].value["title"] == ""
    loaded()


def test_a_document_of_the_cms_that_is_a_film_is_shown_with_its_captions(catalogue):
    _, module = catalogue
    documents = {
        name: get_document_model().objects.create(title=name, file=ContentFile(b"x", name=f"film.{name}"))
        for name in ("mp4", "vtt")
    }
    value = {"title": "Film", "video": documents["mp4"].pk, "captions": documents["vtt"].pk, "minutes": 2}
    body = module.body.get_prep_value()
    block = {"type": "video", "value": value | {"transcript": "<p>Dit.</p>"}, "id": str(uuid.uuid4())}
    body[0]["value"]["content"].insert(0, block)
    module.body = json.dumps(body)
    module.save_revision().publish()
    module.in_parcours.get().page.save_revision().publish()
    html = Edition.objects.order_by("-number").first().activities.get().nodes[0]["html"]
    assert '<video controls="" preload="none" aria-label="Film">' in html and 'kind="captions"' in html
