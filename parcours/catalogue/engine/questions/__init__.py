"""The YAML files of questions, read with the line of every value; what they become is raw CMS content."""

from parcours.catalogue.engine.questions.series import Serie, parse_questions

__all__ = ["Serie", "parse_questions"]
