from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "certification.funding"
    label = "funding"
    verbose_name = "demandes de prise en charge"
