"""What an organisme must say on its papers and has not said yet: refused with the list, and where to fill it."""

from dataclasses import dataclass

from parcours.paperwork.documents.kinds import CERTIFICATE, CONVENTION, QUOTE

WHERE = "dans « Mentions des documents », espace formation"
OF_ALL = (
    ("siret", "le SIRET"),
    ("nda", "le numéro de déclaration d’activité"),
    ("address", "l’adresse"),
    ("signatory_name", "le nom du signataire"),
    ("signatory_role", "la qualité du signataire"),
)
OF_KIND = {
    QUOTE.code: (("vat_mention", "la mention de TVA"), ("payment_terms", "les modalités de règlement")),
    CONVENTION.code: (
        ("vat_mention", "la mention de TVA"),
        ("payment_terms", "les modalités de règlement"),
        ("dpo_contact", "le contact pour les données personnelles"),
    ),
    CERTIFICATE.code: (),
}


@dataclass(frozen=True)
class Missing:
    labels: tuple[str, ...]

    @property
    def sentence(self):
        return f"Il manque à l’organisme {enumerated(self.labels)} : à compléter {WHERE}."


def enumerated(labels) -> str:
    *first, last = labels
    return f"{', '.join(first)} et {last}" if first else last


def missing_mentions(organisation, kind) -> Missing | None:
    wanted = (*OF_ALL, *OF_KIND.get(kind.code, ()))
    labels = tuple(label for field, label in wanted if not getattr(organisation, field))
    return Missing(labels) if labels else None


def mentions_refusals(organisation, kind) -> list[str]:
    missing = missing_mentions(organisation, kind)
    return [missing.sentence] if missing else []


def buyer_refusals(buyer) -> list[str]:
    labels = tuple(
        label for field, label in (("siret", "son SIRET"), ("address", "son adresse")) if not getattr(buyer, field)
    )
    return [f"Il manque à {buyer} {enumerated(labels)} : son référent ou l’ANCT le complète."] if labels else []
