from hypothesis import given
from hypothesis import strategies as st

from parcours.learning.engine.light import digest_of, narrowed, read, replace

SHA, OTHER = "a" * 64, "b" * 64
IMAGE = f'<img src="/catalogue/medias/{SHA}/schema.svg" alt="Le mandat > la confiance" width="800" loading="lazy">'
WIDE = (
    f'<img src="/catalogue/medias/{OTHER}/large.png" srcset="/catalogue/medias/{SHA}/petit.png 400w, '
    f'/catalogue/medias/{OTHER}/large.png 1200w" sizes="100vw" alt="Un écran" width="1200" height="600">'
)
PICTURE = (
    f'<picture><source srcset="/catalogue/medias/{SHA}/petit.webp 400w, /x/grand.webp 1200w" type="image/webp">'
    '<img src="/x/grand.png" width="1200" alt="Un écran"></picture>'
)
FILM = (
    f'<video controls="" preload="none" aria-label="Révoquer un mandat">\n'
    f'<source src="/catalogue/medias/{SHA}/film.mp4" type="video/mp4">\n'
    f'<track kind="captions" src="/catalogue/medias/{OTHER}/film.vtt"></video>'
)
SOUND = f'<audio controls="" preload="none" src="/catalogue/medias/{SHA}/appel.mp3" aria-label="Un appel"></audio>'


def test_an_image_is_known_by_what_it_shows_and_by_its_bytes():
    medium = read(IMAGE)
    assert (medium.kind, medium.label, medium.digest) == ("image", "Le mandat > la confiance", SHA)
    assert narrowed(medium) == IMAGE


def test_of_three_widths_the_narrowest_is_the_one_to_load():
    medium = read(WIDE)
    assert [width for _, width in medium.sources] == [400, 1200]
    html = narrowed(medium)
    assert f'src="/catalogue/medias/{SHA}/petit.png"' in html
    assert OTHER not in html
    assert "srcset" not in html and "sizes" not in html
    assert 'alt="Un écran"' in html


def test_a_picture_becomes_one_image():
    medium = read(PICTURE)
    assert (medium.kind, medium.label, medium.digest) == ("image", "Un écran", SHA)
    assert narrowed(medium) == f'<img src="/catalogue/medias/{SHA}/petit.webp" width="1200" alt="Un écran">'


def test_a_film_weighs_its_film_and_not_its_captions():
    medium = read(FILM)
    assert (medium.kind, medium.label, medium.digest) == ("video", "Révoquer un mandat", SHA)
    assert read(SOUND).kind == "audio"


def test_each_is_replaced_in_its_order_and_the_text_stays():
    text = f"<p>Avant</p><figure>{IMAGE}<figcaption>Légende</figcaption></figure>{FILM}<p>Après</p>{SOUND}"
    kinds = []
    light = replace(text, lambda medium: kinds.append(medium.kind) or f"[{len(kinds)}]")
    assert light == "<p>Avant</p><figure>[1]<figcaption>Légende</figcaption></figure>[2]<p>Après</p>[3]"
    assert kinds == ["image", "video", "audio"]


def test_an_image_that_teaches_nothing_has_nothing_to_say():
    assert read('<img src="/media/vieux.png" alt="">').label == ""
    assert digest_of("/media/vieux.png") == ""


@given(st.text(st.characters(codec="utf-8", exclude_characters='"&<'), max_size=40))
def test_any_words_may_describe_an_image(label):
    html = f'<p>x</p><img src="/a.png" alt="{label}"><p>y</p>'
    found = []
    assert replace(html, lambda medium: found.append(medium) or "|") == "<p>x</p>|<p>y</p>"
    assert found[0].label == label


@given(st.text(max_size=200))
def test_a_text_without_media_is_left_as_it_is(text):
    html = f"<p>{text.replace('<', '&lt;')}</p>"
    assert replace(html, lambda medium: "") == html
