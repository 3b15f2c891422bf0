"""Tables in and out: one reader and one writer for the whole product.

`read_file` or `read_text` gives a Table, `recognise` its Layout and its rows, `layout.values(row)` what each says.
"""

from lms.kernel.tables.columns import Column, Layout, heading_key, is_heading, recognise
from lms.kernel.tables.faults import Limits, Unreadable
from lms.kernel.tables.reading import clean_cell, read_file, read_text
from lms.kernel.tables.table import SEPARATORS, Row, Table
from lms.kernel.tables.writing import AT_ONCE, CONTENT_TYPES, CSV, LABELS, XLSX, form_asked, write

__all__ = [
    "AT_ONCE",
    "CONTENT_TYPES",
    "CSV",
    "LABELS",
    "SEPARATORS",
    "XLSX",
    "Column",
    "Layout",
    "Limits",
    "Row",
    "Table",
    "Unreadable",
    "clean_cell",
    "form_asked",
    "heading_key",
    "is_heading",
    "read_file",
    "read_text",
    "recognise",
    "write",
]
