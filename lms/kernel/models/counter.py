from django.db import models


class Counter(models.Model):
    """The last number given under a name; moved only by `lms.kernel.counters`."""

    name = models.CharField("nom", max_length=120, primary_key=True)
    value = models.BigIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"

    def __str__(self):
        return f"{self.name} : {self.value}"
