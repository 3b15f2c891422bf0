"""What is known already about the people and structures of some lines: a bounded number of queries for any number."""

from collections import defaultdict
from functools import lru_cache

from django.db.models import Q

from certification.habilitation.models import ExternalId, Fact, Habilitation, Refusal
from certification.habilitation.models.refusal import digests_of
from lms.accounts.models import Person
from lms.organisations.engine.identifiers import compact, datapass_refusal, opaque_digits, siret_refusal
from lms.organisations.models import Departement, Kind, Organisation, StructureType
from lms.organisations.models.organisation import match_key

SYSTEM = "aidants_connect"
LONGEST_NUMBER = 20


class Known:
    """The lookups of one batch of lines: made once, asked many times. `chosen`: whom somebody told them to be about."""

    def __init__(self, said: list, chosen=()):
        emails = {one.email for one in said if one.email}
        ids = {one.external_id for one in said if one.external_id}
        self._load_people(emails, ids)
        self._load_structures([one.structure for one in said])
        self._load_namesakes(said)
        self._load_habilitations(chosen)
        self._load_refusals(emails, ids)

    def by_email(self, email):
        return self.people_by_email.get(email)

    def by_external_id(self, value):
        return self.people_by_id.get(value)

    def is_refused(self, said) -> bool:
        """Somebody who asked to be erased, by the identifier of the line, or by its address when it is nobody’s."""
        if said.external_id in self.refused:
            return True
        return said.email in self.refused and not self.by_external_id(said.external_id)

    def namesakes(self, said, organisation):
        """Known people of that name, in that structure when the line names one."""
        found = self.people_by_name.get(match_key(said.first_name, said.last_name), [])
        if organisation is None:
            return found
        return [one for one in found if (one.pk, organisation.pk) in self.habilitations]

    def structure(self, told: dict, *, apart=False):
        """By its Datapass number; by its SIRET and its name, or its SIRET when it is alone; by name and place.

        `apart`: a file of structures lists each on its own line, antennas too, so that a SIRET alone tells none.
        """
        if found := self.by_datapass.get(opaque_digits(told.get("data_pass_id", ""))):
            return found
        siret = fit_siret(told)
        bearers = self.by_siret.get(siret, []) if siret else []
        key = match_key(told.get("structure", ""))
        if siret and (siret, key) in self.by_siret_and_name:
            return self.by_siret_and_name[siret, key].standing()
        if not siret and not opaque_digits(told.get("data_pass_id", "")):
            return self.by_place.get((key, told.get("postcode", "").zfill(5)))
        return bearers[0] if len(bearers) == 1 and not apart and not _other_number(bearers[0], told) else None

    def is_free(self, name, value, one) -> bool:
        """Whether a structure may take this number: that of no other one, nor the SIRET of another of its name."""
        if name not in ("data_pass_id", "siret"):
            return True
        held = self.holders.get(value) if name == "data_pass_id" else self.by_siret_and_name.get((value, one.match_key))
        return held is None or held is one or (held.pk is not None and held.pk == one.pk)

    def trainer(self, name):
        return self.trainers.get(match_key(name)) if name else None

    def habilitation(self, person, organisation):
        return self.habilitations.get((person.pk, organisation.pk)) if person and organisation else None

    def followed(self, person) -> list:
        """Where somebody is followed, whatever the structure."""
        return [one for (whose, _), one in self.habilitations.items() if whose == person.pk]

    def fact_keys(self, keys) -> set:
        return set(Fact.objects.filter(key__in=keys).values_list("key", flat=True))

    def _load_people(self, emails, ids):
        found = Person.objects.filter(Q(email__in=emails) | Q(pix_email__in=emails)).select_related("merged_into")
        self.people_by_email = {}
        for one in found:
            whom = one.standing()
            for address in (one.pix_email, one.email):
                if address in emails:
                    self.people_by_email[address] = whom
        external = ExternalId.objects.filter(system=SYSTEM, value__in=ids).select_related("person__merged_into")
        self.people_by_id = {one.value: one.person.standing() for one in external}

    def _load_refusals(self, emails, ids):
        """Whoever is known under an address or an identifier has an account: nothing is refused by it."""
        unknown = (emails - self.people_by_email.keys()) | (ids - self.people_by_id.keys())
        said = {digest: one for one in unknown for digest in digests_of(one)}
        found = Refusal.objects.filter(digest__in=said).values_list("digest", flat=True) if said else ()
        self.refused = {said[digest] for digest in found}

    def _load_structures(self, told):
        numbers = {opaque_digits(one.get("data_pass_id", "")) for one in told} - {""}
        sirets = {fit_siret(one) for one in told} - {""}
        names = {match_key(one.get("structure", "")) for one in told if not (one.get("data_pass_id") or fit_siret(one))}
        same = Q(data_pass_id__in=numbers) | Q(siret__in=sirets) | Q(match_key__in=names - {""})
        found = Organisation.objects.filter(same)
        self.by_datapass, self.by_siret, self.by_place = {}, defaultdict(list), {}
        self.by_siret_and_name, self.holders = {}, {}
        for one in found.select_related("merged_into").order_by("pk"):
            self.keep_structure(one)
        self.trainers = {one.match_key: one for one in Organisation.objects.filter(kind=Kind.TRAINING)}
        self.types = {match_key(one.label): one for one in StructureType.objects.all()}
        self.departements = {one.pk: one for one in Departement.objects.all()}

    def keep_structure(self, one):
        """What one set aside was called leads to the one it was merged into.

        An organisme de formation or a payer is known by its own number, or by its SIRET and its name: never by less.
        """
        whom = one.standing()
        if one.data_pass_id:
            self.by_datapass[one.data_pass_id], self.holders[one.data_pass_id] = whom, one
        if one.siret:
            self.by_siret_and_name.setdefault((one.siret, one.match_key), one)
        if one.kind != Kind.STRUCTURE:
            return
        if one.siret and whom not in self.by_siret[one.siret]:
            self.by_siret[one.siret].append(whom)
        self.by_place.setdefault((one.match_key, one.postcode.zfill(5)), whom)

    def _load_namesakes(self, said):
        """Those whom no address tells: people of the same name, to be shown to somebody."""
        names = {
            one.last_name.casefold()
            for one in said
            if one.last_name and one.email not in self.people_by_email and one.external_id not in self.people_by_id
        }
        spellings = names | {name.upper() for name in names} | {name.title() for name in names}
        self.people_by_name = defaultdict(list)
        for one in Person.objects.known().filter(last_name__in=spellings)[:2000] if spellings else ():
            self.people_by_name[match_key(one.first_name, one.last_name)].append(one)

    def _load_habilitations(self, chosen):
        people = {one.pk for one in chosen} | {
            one.pk for one in (*self.people_by_email.values(), *self.people_by_id.values())
        }
        people |= {one.pk for found in self.people_by_name.values() for one in found}
        self.habilitations = {
            (one.person_id, one.organisation_id): one for one in Habilitation.objects.filter(person__in=people)
        }


def fit_number(told: dict) -> str | None:
    """The Datapass number of a line, when it can be one."""
    number = opaque_digits(told.get("data_pass_id", ""))
    return None if datapass_refusal(number) or len(number) > LONGEST_NUMBER else number


def fit_siret(told: dict) -> str:
    """The SIRET of a line, when it can be one: a number of the spreadsheet may have lost its zeros."""
    return _fit(told.get("siret", ""))


@lru_cache(maxsize=4096)
def _fit(cell: str) -> str:
    """Each is asked several times, and the same structure comes back line after line."""
    siret = compact(cell)
    siret = siret.zfill(14) if siret.isdigit() and len(siret) > 9 else siret
    return "" if siret_refusal(siret) else siret


def _other_number(organisation, told) -> bool:
    """The same SIRET under another Datapass number: an antenna, or a second request."""
    number = opaque_digits(told.get("data_pass_id", ""))
    return bool(number and organisation.data_pass_id and number != organisation.data_pass_id)
