import factory
from factory.django import DjangoModelFactory

from lms.accounts.models import Person


class PersonFactory(DjangoModelFactory):
    """Someone whose address is verified: the first code lets them in."""

    class Meta:
        model = Person

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)
        unknown_address = factory.Trait(email=None)

    email = factory.Sequence(lambda n: f"camille.durand{n}@ville-exemple.fr")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Durand{n}")
    verified = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_person(*args, **kwargs)
