from parcours.catalogue.actions.loading_media import title_of


def test_a_drawing_is_called_what_it_calls_itself():
    drawing = '<svg><title id="t">Les durées d’un mandat &amp; d’une habilitation</title></svg>'.encode()
    assert title_of("durees-du-mandat.svg", drawing) == "Les durées d’un mandat & d’une habilitation"


def test_another_file_is_called_by_its_name():
    assert title_of("durees-du-mandat.svg", b"<svg/>") == "Durees du mandat"
    assert title_of("fiche-memo.pdf", b"<title>Autre</title>") == "Fiche memo"
