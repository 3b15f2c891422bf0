from wagtail.snippets.models import register_snippet

from parcours.catalogue.viewsets.words import WordsGroup

register_snippet(WordsGroup)
