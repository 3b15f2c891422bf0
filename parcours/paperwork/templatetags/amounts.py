from django import template

from parcours.paperwork.documents import pieces

register = template.Library()
register.filter("euros", pieces.euros)
