"""What a text written here should not hold: numbers and addresses that may be those of a person being helped.

A social security number is refused whatever surrounds it; the rest may be the writer's own, and is only pointed out.
"""

import re
import unicodedata
from itertools import accumulate

from stdnum import iban, luhn

SEPARATOR = r"[\s.\-_/·–]"
GROUP = r"(?:\d|(?<=\d)[ABab](?=[\s.\-]?\d))+"
RUN = re.compile(rf"(?<![\w+]){GROUP}(?:{SEPARATOR}{{1,3}}{GROUP})*")
NUMBER = re.compile(r"[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)(?:\d{2}|2[AB])\d{6}(?:\d{2})?")
COUNTRY_PHONE = r"(?:\+|00)(?:33|262|508|590|594|596|681|687|689)"
ABROAD = rf"{COUNTRY_PHONE}[\s.\-]?(?:\(0\)[\s.\-]?)?[1-9](?:[\s.\-]?\d\d){{4}}"
AT_HOME = r"0[1-9][\s.\-]?\d\d([\s.\-]?)\d\d(?:\1\d\d){2}"
PHONE = re.compile(rf"(?<!\w)(?:{ABROAD}|{AT_HOME})(?!\d)")
EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]++@[\w\-]+(?:\.[\w\-]+)+")
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?!\w)")
MASK = "[numéro retiré]"
SIRET_DIGITS, CARD_DIGITS = 14, 16
LONGEST = 15  # digits of a social security number, its key included
PHONE_LABEL, EMAIL_LABEL, BANK_LABEL = "un numéro de téléphone", "une adresse électronique", "un numéro bancaire"


def without_social_security(text: str) -> tuple[str, bool]:
    """The text with each social security number masked, and whether there was one."""
    read = unicodedata.normalize("NFKC", text)
    spans = [span for run in RUN.finditer(_hide_banks(read)) for span in _numbers_in(run)]
    if not spans:
        return text, False
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(read)]
    return MASK.join(read[end:start] for end, start in zip(ends, starts, strict=True)), True


def has_social_security(text: str) -> bool:
    return without_social_security(text)[1]


def found_in(text: str) -> list[str]:
    """What else looks like the data of a person, in words; empty when nothing does."""
    text = unicodedata.normalize("NFKC", text)
    labels = []
    if PHONE.search(_hide_banks(text)):
        labels.append(PHONE_LABEL)
    if EMAIL.search(text):
        labels.append(EMAIL_LABEL)
    if _banks(text) or any(_is_card(run.group()) for run in RUN.finditer(text)):
        labels.append(BANK_LABEL)
    return labels


def _numbers_in(run):
    """The spans of a run of groups of digits that read as a social security number of 13 or 15 characters."""
    groups = [(one.start() + run.start(), one.group()) for one in re.finditer(GROUP, run.group())]
    if sum(len(group) for _, group in groups) == SIRET_DIGITS:
        return []
    spans, first = [], 0
    while first < len(groups):
        last = _last_group(groups, first)
        if last is None:
            first += 1
            continue
        start, (begun, text) = groups[first][0], groups[last]
        spans.append((start, begun + len(text)))
        first = last + 1
    return spans


def _last_group(groups, first):
    """The longest reading first: with its key, then without."""
    lengths = list(accumulate(len(text) for _, text in groups[first : first + LONGEST]))
    for wanted in (LONGEST, 13):
        if wanted in lengths:
            last = first + lengths.index(wanted)
            if NUMBER.fullmatch("".join(text for _, text in groups[first : last + 1]).upper()):
                return last
    return None


def _banks(text):
    return [found for found in IBAN.finditer(text) if iban.is_valid(found.group())]


def _hide_banks(text):
    """Bank numbers, as long as before, hold no digit any more."""
    return IBAN.sub(lambda found: "#" * len(found[0]) if iban.is_valid(found[0]) else found[0], text)


def _is_card(text):
    digits = re.sub(r"\D", "", text)
    return len(digits) == CARD_DIGITS and luhn.is_valid(digits)
