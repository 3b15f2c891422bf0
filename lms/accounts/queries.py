"""How people are found, and the only ways a person comes into being."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models, transaction

from lms.accounts.engine.addresses import normalise_email
from lms.accounts.lifecycle import RequestState, ResetState


class PersonQuerySet(models.QuerySet):
    def known(self):
        """People as they stand today: neither closed nor merged into another."""
        return self.filter(is_active=True, merged_into=None)

    def with_email(self, email):
        return self.filter(email=normalise_email(email))

    def standing_at(self, email):
        """Who is known by this address, under the record that stands; None when nobody is."""
        person = self.with_email(email).first()
        return person and person.standing()


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    @classmethod
    def normalize_email(cls, email):
        return normalise_email(email)

    def get_by_natural_key(self, email):
        return self.get(email=normalise_email(email))

    @transaction.atomic
    def create_person(self, email=None, first_name="", last_name="", *, verified=False, password=None, **fields):
        """A person, and the address allauth needs to let them in. `email` is empty for someone known from an import."""
        person = self.model(email=email, first_name=first_name, last_name=last_name, **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save()
        if person.email:
            person.emailaddress_set.create(email=person.email, primary=True, verified=verified)
        return person

    @transaction.atomic
    def create_people(self, named: list[dict], **fields) -> list:
        """Several people at once, each with an e-mail and the names given; `fields` are the same for all.

        Raises IntegrityError, and makes nobody, when one of the addresses is known already.
        """
        people = [self.model(**one, **fields) for one in named]
        for person in people:
            person.clean()
            person.set_unusable_password()
        self.bulk_create(people, batch_size=500)
        addresses = self.model._meta.get_field("emailaddress").related_model
        addresses.objects.bulk_create(
            [addresses(user=person, email=person.email, primary=True, verified=False) for person in people],
            batch_size=500,
        )
        return people

    def create_user(self, email=None, password=None, **fields):
        return self.create_person(email, password=password, **fields)

    def create_superuser(self, email, password=None, **fields):
        return self.create_person(email, password=password, is_staff=True, is_superuser=True, **fields)


class FactorResetQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ResetState.ASKED)

    def for_list(self):
        return self.select_related("person", "asked_by", "closed_by")


class DataRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=RequestState.OPEN)

    def of(self, person):
        return self.filter(person=person)

    def for_list(self):
        return self.select_related("person", "answered_by")
