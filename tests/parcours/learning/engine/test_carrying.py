from hypothesis import given
from hypothesis import strategies as st

from parcours.learning.engine.carrying import Carried, filled, linked, lowered, place, whole_image

HOME = "https://exemple.test/espace/"


def test_the_first_media_are_whole_as_long_as_there_is_room():
    html = f"<p>{place(0)}{place(1)}{place(2)}</p>"
    media = [Carried("W" * 50, "i"), Carried("X" * 500, "j"), Carried("Y" * 30, "k")]
    assert filled(html, media, 200) == "<p>" + "W" * 50 + "j" + "Y" * 30 + "</p>"
    assert filled(html, media, 10_000) == "<p>" + "W" * 50 + "X" * 500 + "Y" * 30 + "</p>"


def test_what_cannot_be_carried_is_said():
    assert filled(place(0), [Carried("", "Vidéo à voir en ligne")], 10_000) == "Vidéo à voir en ligne"


MEDIA = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 9)).map(lambda one: Carried("W" * one[0], "é" * one[1])), max_size=12
)


@given(MEDIA, st.integers(0, 3000))
def test_the_file_never_outgrows_its_budget_for_a_medium(media, budget):
    html = "".join(place(rank) for rank in range(len(media)))
    least = sum(len(one.instead.encode()) for one in media)
    assert len(filled(html, media, budget).encode()) <= max(budget, least)


def test_an_image_holds_its_own_bytes_and_asks_for_nothing():
    html = '<img src="/a.png" srcset="/b.png 400w" sizes="50vw" alt="Un écran" loading="lazy">'
    assert whole_image(html, "image/png", b"abc") == '<img src="data:image/png;base64,YWJj" alt="Un écran">'


def test_links_lead_inside_the_file_or_back_to_the_site():
    html = (
        '<a href="../mandat/">ici</a> <a href="../ailleurs/#x">là</a> <a href="/catalogue/medias/1/fiche.pdf" download>'
        'fiche</a> <a href="https://pix.test/?a=1&amp;b=2">Pix</a> <a href="#bas">bas</a> '
        '<a href="mailto:a@b.test">a</a>'
    )
    assert linked(html, ["mandat"], HOME) == (
        '<a href="#etape-mandat">ici</a> <a href="https://exemple.test/espace/">là</a> '
        '<a href="https://exemple.test/catalogue/medias/1/fiche.pdf" download>fiche</a> '
        '<a href="https://pix.test/?a=1&amp;b=2">Pix</a> <a href="#bas">bas</a> <a href="mailto:a@b.test">a</a>'
    )


def test_headings_stand_under_those_of_the_file():
    assert lowered('<h2 id="a">A</h2><h3>B</h3><hr>') == '<h3 id="a">A</h3><h4>B</h4><hr>'
