from django.core.exceptions import ValidationError
from django.db import models

from lms.organisations.engine import identifiers


class IdentifierField(models.CharField):
    """Text typed with or without separators, kept without; its refusal is a sentence of the engine."""

    refusal = staticmethod(lambda value: None)
    compact = staticmethod(identifiers.compact)

    def to_python(self, value):
        value = super().to_python(value)
        return self.compact(value) if value else value

    def validate(self, value, model_instance):
        if value and (refusal := self.refusal(value)):
            raise ValidationError(refusal, code="identifier")
        super().validate(value, model_instance)

    def pre_save(self, model_instance, add):
        value = self.to_python(getattr(model_instance, self.attname)) or ("" if not self.null else None)
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": self.max_length + 10} | kwargs)


class SiretField(IdentifierField):
    refusal = staticmethod(identifiers.siret_refusal)


class NdaField(IdentifierField):
    refusal = staticmethod(identifiers.nda_refusal)
    compact = staticmethod(lambda text: identifiers.compact(text).upper())


class DatapassField(IdentifierField):
    refusal = staticmethod(identifiers.datapass_refusal)
    compact = staticmethod(identifiers.opaque_digits)


class CommuneField(IdentifierField):
    refusal = staticmethod(identifiers.commune_refusal)
    compact = staticmethod(lambda text: identifiers.compact(text).upper())
