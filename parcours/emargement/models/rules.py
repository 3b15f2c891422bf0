"""What the rules of signing are worth on the day of a half-day."""

from lms.kernel.rules import define

OPENS_BEFORE = define(
    "emargement.ouverture",
    "émargement : minutes avant le début de la demi-journée, à partir desquelles on signe",
    "integer",
    default=30,
)
CLOSES_AFTER = define(
    "emargement.fermeture",
    "émargement : minutes après la fin de la demi-journée, jusqu’auxquelles on signe",
    "integer",
    default=30,
)
TOLERANCE = define(
    "emargement.tolerance",
    "émargement : minutes de retard ou de départ anticipé qui ne retirent rien à la demi-journée",
    "integer",
    default=15,
)
