import signal

from django.core.management.base import BaseCommand

from lms.kernel.relay import Relay


class Command(BaseCommand):
    requires_system_checks = []  # it serves no page: it starts faster without them
    help = (
        "Boucle du service : travaux différés, horloge, scellement du journal. Avec REDIS_URL, signale les travaux "
        "à la file ; sans, les exécute. SIGTERM : termine le travail en cours, puis s’arrête."
    )

    def handle(self, *args, **options):
        relay = Relay()
        signal.signal(signal.SIGTERM, relay.leave)
        signal.signal(signal.SIGINT, relay.leave)
        relay.run()
