"""The fonts of every paper, given to the engine once: a style sheet that declares them reads them again each time."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets" / "fonts"
REGULAR = {
    "text": "SourceSans3-Regular.ttf",
    "display": "SourceSerif4Display-Semibold.ttf",
    "wide": "DejaVuSans.ttf",
    "emoji": "NotoEmoji-Regular.ttf",
}
BOLD = REGULAR | {"text": "SourceSans3-Semibold.ttf", "wide": "DejaVuSans-Bold.ttf"}


@cache
def face(file_name: str):
    """The font of a file, known to the engine under the name of this file."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(file_name, str(FOLDER / file_name))
    pdfmetrics.registerFont(font)
    return font


def load() -> None:
    """Let style sheets name these families."""
    from reportlab.lib.fonts import addMapping
    from xhtml2pdf.default import DEFAULT_FONT

    for bold, faces in enumerate((REGULAR, BOLD)):
        for family, file_name in faces.items():
            DEFAULT_FONT[family] = family
            for italic in (0, 1):
                addMapping(family, bold, italic, face(file_name).fontName)
