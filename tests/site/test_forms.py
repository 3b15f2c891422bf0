import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.template import Context, Template

from lms.site.forms import DayField, Form, NarrowingForm
from lms.site.gallery import SampleForm
from tests.site.pages import Reading


def drawn(form):
    return Template("{% load ui %}{% form_errors form %}{% fields form %}").render(Context({"form": form}))


class Question(Form):
    name = forms.CharField(label="Nom", help_text="Celui de l’état civil.")
    town = forms.CharField(label="Commune", required=False)
    gender = forms.ChoiceField(label="Civilité", choices=[("f", "Madame"), ("m", "Monsieur")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_every_control_has_its_label():
    page = Reading(drawn(SampleForm()))
    labelled = {label.get("for") for label in page.all("label")}
    controls = [c for tag in ("input", "select", "textarea") for c in page.all(tag)]
    assert controls
    assert [c for c in controls if c.get("id") not in labelled and c.get("type") != "hidden"] == []


def test_a_form_alone_draws_itself_with_the_components():
    by_hand = Template("{% load ui %}{% fields form %}").render(Context({"form": Question()}))
    assert str(Question()).strip() == by_hand.strip()


def test_what_may_be_left_out_is_said():
    assert drawn(Question()).count("(facultatif)") == 1


def test_in_what_narrows_a_list_nothing_is_said_to_be_optional():
    class Filters(NarrowingForm):
        town = forms.CharField(label="Commune", required=False)

    assert "(facultatif)" not in drawn(Filters())


def test_help_and_error_are_read_with_the_control():
    page = Reading(drawn(Question({"name": ""})))
    (name,) = [attrs for attrs in page.all("input") if attrs.get("name") == "name"]
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"] == "id_name_aide id_name_erreur"
    assert set(name["aria-describedby"].split()) <= set(page.ids())


def test_the_summary_leads_to_each_control():
    page = Reading(drawn(Question({"name": ""})))
    targets = [a["href"].removeprefix("#") for a in page.all("a")]
    assert targets == ["id_name", "id_gender_0"]
    assert set(targets) <= set(page.ids())


def test_a_form_without_error_has_no_summary():
    assert 'id="erreurs"' not in drawn(Question())
    assert 'id="erreurs"' not in drawn(Question({"name": "Durand", "gender": "f"}))


def test_an_error_of_the_whole_form_is_said():
    form = Question({"name": "Durand", "gender": "f"})
    form.add_error(None, "Cette personne est déjà inscrite.")
    assert "Une réponse est à corriger" in drawn(form)
    assert "Cette personne est déjà inscrite." in drawn(form)


def test_a_missing_answer_is_asked_for_in_french():
    assert Question({}).errors["name"] == ["Cette réponse manque\u00a0: donnez-la."]


def test_a_hidden_field_is_sent_and_not_shown():
    page = Reading(drawn(Question(initial={"token": "abc"})))
    assert {"type": "hidden", "name": "token", "value": "abc", "id": "id_token"} in page.all("input")


def test_an_identifier_is_used_once_in_a_page():
    ids = Reading(drawn(SampleForm({}))).ids()
    assert len(ids) == len(set(ids))


@pytest.mark.filterwarnings("error")
def test_drawing_a_form_warns_of_nothing():
    drawn(SampleForm({}))


@pytest.mark.parametrize("written", ["0001-01-01", "1949-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_a_slip_of_the_pen(written):
    with pytest.raises(ValidationError, match="ne se peut pas ici"):
        DayField().clean(written)


@pytest.mark.parametrize("written", ["1950-01-01", "22/11/2026", "22/11/26", "2100-12-31"])
def test_a_day_of_our_age_is_read(written):
    assert DayField().clean(written).year in range(1950, 2101)


def test_a_list_of_choices_says_what_django_would_say():
    choices = [("Régions", [("84", "Auvergne"), ('é"<', "L’Île d'<b>")]), ("", "Toutes"), (3, "Trois"), ("4", "Quatre")]
    select = forms.Select(attrs={"class": "fr-select", "required": True}, choices=choices)
    for chosen in ("84", 3, None):
        told = [
            re.sub(r">\s+<", "><", select.render("lieu", chosen, {"id": "lieu"}, renderer=renderer)).strip()
            for renderer in (DjangoTemplates(), get_default_renderer())
        ]
        assert told[0] == told[1]
