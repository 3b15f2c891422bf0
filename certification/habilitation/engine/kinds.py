"""Files that other services give, and files handed to them: the numbers are those of the domain reference, § 8."""

from enum import StrEnum


class FileKind(StrEnum):
    """Read here."""

    PEOPLE_TO_TRAIN = "A3"
    PLAIN_ATTENDANCE = "LP"
    HALF_DAYS = "AS"
    ATTENDANCE = "A5"
    SESSIONS = "A4"
    STRUCTURES = "A6"
    STRUCTURES_DATAPASS = "A7"
    PEOPLE_BY_STRUCTURE = "A8"
    STRUCTURE_REQUESTS = "A9"
    ACCOUNTS = "A10"
    GENERAL = "A11"
    ACCOUNTS_FEED = "M6"
    PIX_JSON = "P1"
    PIX_CSV = "P2"


class HandedKind(StrEnum):
    """Handed to other services."""

    TRAINING_DATES = "A1"
    REQUESTS = "A2"
    SESSIONS = "A4"
    TRAINEES = "A5"
    MEDIATORS = "M1"
    STRUCTURES = "M2"
    CONSEILLERS_TRAININGS = "M5"
    CONSEILLERS = "CN"
    PROGRESS = "AV"
    HALF_DAYS = "AS"
