from lms.kernel.jobs import clock, renew
from parcours.catalogue.models import ParcoursPage
from parcours.quality import actions


@clock("quality.publish_results", every="day", at="04:10")
def publish_results(day):
    for pk in ParcoursPage.objects.filter(enrolments__isnull=False).distinct().values_list("pk", flat=True):
        renew()
        actions.publish_results(pk)
