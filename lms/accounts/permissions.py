"""Who may act on an account, and which addresses can stand for one person."""

from lms.accounts.engine.addresses import domain_of, is_shared
from lms.accounts.second_factor import Level, level_of
from lms.kernel import rules
from lms.kernel.access import is_signed_in

rules.define(
    "accounts.generic_mailboxes",
    "débuts d’adresses partagées par plusieurs personnes",
    "texts",
    default=[
        *("accueil", "administration", "agence", "asso", "association", "bienvenue", "ccas", "cias", "compta"),
        *(
            "comptabilite",
            "contact",
            "direction",
            "dgs",
            "epn",
            "espacenumerique",
            "formation",
            "franceservices",
            "info",
        ),
        *("infos", "mairie", "mediatheque", "bibliotheque", "mfs", "msap", "numerique", "rh", "secretariat", "service"),
        *("services", "webmaster"),
    ],
)
rules.define(
    "accounts.closed_mail_domains",
    "domaines dont les boîtes aux lettres n’existent plus",
    "texts",
    default=["conseiller-numerique.fr"],  # mailboxes ended on 15 November 2024
)
rules.define(
    "accounts.factor_reset_hours",
    "délai avant de réinitialiser un second facteur perdu, en heures",
    "integer",
    default=48,
)


def is_closed_domain(email) -> bool:
    return domain_of(email) in rules.current("accounts.closed_mail_domains")


def is_generic_mailbox(email) -> bool:
    """Whether this address cannot stand for one person before Aidants Connect: shared, or of a closed domain."""
    return is_closed_domain(email) or is_shared(email, rules.current("accounts.generic_mailboxes"))


def can_manage_account(user, person) -> bool:
    return user.is_authenticated and user.pk == person.pk


def can_administer_accounts(user) -> bool:
    return is_signed_in(user) and user.is_staff


def can_ask_factor_reset(user) -> bool:
    """Colleagues who have a second factor themselves vouch for the one who lost theirs."""
    return user.is_authenticated and level_of(user) >= Level.DEVICE


def can_close_factor_reset(user, reset) -> bool:
    """An administrator who is neither the person nor the colleague who asked."""
    return can_administer_accounts(user) and user.pk not in (reset.person_id, reset.asked_by_id)


def can_answer_data_request(user, request) -> bool:
    return can_administer_accounts(user) and user.pk != request.person_id
