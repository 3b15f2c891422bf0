"""The vocabulary of every page: each word renders a template of `components/`, the smallest once for each wording."""

from lms.site.templatetags.ui import acting, fields, placing, showing, telling, words
from lms.site.templatetags.ui.library import register

__all__ = ["acting", "fields", "placing", "register", "showing", "telling", "words"]
