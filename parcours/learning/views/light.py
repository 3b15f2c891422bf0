"""An étape on a poor connection: each image, film and sound waits for a tap, and says what it weighs."""

from functools import lru_cache
from itertools import count

from django.template.loader import render_to_string

from lms.accounts.engine.display import is_light
from lms.kernel.formats import weight
from parcours.catalogue.models import EditionActivity, FrozenMedium
from parcours.learning.engine.light import Medium, narrowed, replace

VERBS = {"image": "Afficher l’image", "video": "Afficher la vidéo", "audio": "Afficher le son"}
ASKED = "medias"


def light_of(request, enrolment) -> bool:
    """Chosen on this device, asked for by the browser, or granted to the person as an adaptation."""
    return enrolment.without_images or is_light(request.COOKIES, request.headers)


def asked_of(request) -> tuple[int, ...]:
    """The media already asked for, when there is no script to show them in place."""
    return tuple(
        sorted({int(one) for one in request.GET.get(ASKED, "").split(",") if one.isdecimal() and len(one) < 4})
    )


def light_nodes(edition, activity, asked) -> list[dict]:
    """The nodes of an étape, lightened."""
    texts = iter(_lightened(edition.pk, edition.digest, activity.slug, asked))
    return [node | {"html": next(texts)} if node["type"] == "html" else node for node in activity.nodes]


@lru_cache(maxsize=256)
def _lightened(edition_id, digest, slug, asked: tuple[int, ...]) -> tuple[str, ...]:
    """The texts of an étape in order, their media put off: drawn once per process, since an edition never changes."""
    weights, ranks = weights_of(edition_id, digest), count(1)
    nodes = EditionActivity.objects.get(edition=edition_id, slug=slug).nodes

    def draw(medium: Medium) -> str:
        return render_to_string("learning/_medium.html", _put_off(medium, next(ranks), weights, asked))

    return tuple(replace(node["html"], draw) for node in nodes if node["type"] == "html")


@lru_cache(maxsize=256)
def weights_of(edition_id, digest) -> dict[str, int]:
    """The bytes of each file of an edition, by what names them."""
    return dict(FrozenMedium.objects.filter(editions=edition_id).values_list("sha256", "size"))


def _put_off(medium, rank, weights, asked) -> dict:
    size = weights.get(medium.digest)
    return {
        "id": rank,
        "label": medium.label,
        "verb": VERBS[medium.kind],
        "weight": weight(size) if size else "",
        "html": narrowed(medium),
        "shown": rank in asked,
        "asked": ",".join(map(str, sorted({*asked, rank}))),
    }
