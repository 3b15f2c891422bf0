"""Why a file cannot be read, in a sentence, and how much of one is read."""

from dataclasses import dataclass

from lms.kernel.formats import number

MEGABYTE = 1_000_000


class Unreadable(Exception):
    """`str()` gives the sentence to show: what is wrong, where, what to do."""


@dataclass(frozen=True)
class Limits:
    """What is accepted of one table. `unpacked_bytes`: of a spreadsheet, whose file is an archive."""

    file_bytes: int = 5 * MEGABYTE
    unpacked_bytes: int = 50 * MEGABYTE
    rows: int = 20_000
    columns: int = 100
    cell_characters: int = 32_767

    def check_size(self, size: int) -> None:
        if size > self.file_bytes:
            raise Unreadable(
                f"Ce fichier pèse {number(size / MEGABYTE, 1)} Mo ; "
                f"la limite est de {number(self.file_bytes / MEGABYTE)} Mo. Partagez-le en plusieurs fichiers."
            )

    def check_rows(self, count: int) -> None:
        if count > self.rows:
            raise Unreadable(
                f"Ce tableau compte plus de {number(self.rows)} lignes. Partagez-le en plusieurs fichiers."
            )

    def check_cells(self, line: int, cells) -> None:
        if len(cells) > self.columns:
            raise Unreadable(
                f"La ligne {line} compte plus de {self.columns} colonnes. Ne gardez que celles qui servent ici."
            )
        if any(len(cell) > self.cell_characters for cell in cells):
            raise Unreadable(
                f"À la ligne {line}, une case contient plus de {number(self.cell_characters)} caractères : "
                "raccourcissez-la."
            )
