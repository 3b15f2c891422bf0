"""The régions as tiles of the same size, roughly where they are, overseas on the right. Pure."""

TILES = {  # INSEE code: three letters, column from 1 to 8, row from 1 to 5
    "32": ("HDF", 3, 1),
    "53": ("BRE", 1, 2),
    "28": ("NOR", 2, 2),
    "11": ("IDF", 3, 2),
    "44": ("GES", 4, 2),
    "52": ("PDL", 1, 3),
    "24": ("CVL", 2, 3),
    "27": ("BFC", 3, 3),
    "75": ("NAQ", 1, 4),
    "84": ("ARA", 3, 4),
    "76": ("OCC", 2, 5),
    "93": ("PAC", 3, 5),
    "94": ("COR", 4, 5),
    "01": ("GUA", 7, 2),
    "02": ("MAR", 8, 2),
    "03": ("GUY", 7, 3),
    "04": ("REU", 8, 3),
    "06": ("MAY", 7, 4),
}
SHADES = (40, 60, 80)  # per cent
SAID = (
    (1, "moins de 40 %"),
    (2, "de 40 à 60 %"),
    (3, "de 60 à 80 %"),
    (4, "plus de 80 %"),
    (0, "pas de chiffre"),
)


def shade(part: int, whole: int) -> int:
    """From 1, the lightest, to 4; 0 when there is nothing to be a part of."""
    if not whole:
        return 0
    return 1 + sum(part * 100 >= bound * whole for bound in SHADES)
