import pytest
from django import forms
from django.test.html import parse_html

from lms.site.selecting import Select

CHOICES = [("", "Tous"), (35, "Ille-et-Vilaine"), ("2A", "<Corse> & « sud »")]


@pytest.mark.parametrize("value", ["", None, 35, "35", "2A", "ailleurs"])
def test_a_list_drawn_at_once_reads_as_the_one_django_draws(value):
    attrs = {"id": "id_departement", "class": "fr-select", "aria-invalid": "true"}
    drawn = Select(choices=CHOICES).render("departement", value, attrs)
    assert parse_html(drawn) == parse_html(forms.Select(choices=CHOICES).render("departement", value, attrs))
