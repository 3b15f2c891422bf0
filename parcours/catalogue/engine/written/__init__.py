"""A page written back as the text of the catalogue: what is compared, and shown when the two differ.

Both sides pass here, the file and the page of the CMS, so that only what a reader would notice counts.
"""

from parcours.catalogue.engine.written.pages import difference, digest, module_lines, page_lines, parcours_lines
from parcours.catalogue.engine.written.text import NameOf, header_lines, markdown

__all__ = [
    "NameOf",
    "difference",
    "digest",
    "header_lines",
    "markdown",
    "module_lines",
    "page_lines",
    "parcours_lines",
]
