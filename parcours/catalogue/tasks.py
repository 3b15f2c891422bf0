from lms.kernel.jobs import clock, task
from parcours.catalogue import actions


@clock("catalogue.follow_mandates", every="day", at="00:05")
def follow_mandates(day):
    """Mandates begin and end at midnight; libraries take the names their organisations have now."""
    return actions.open_libraries


@task("catalogue.publish_due")
def publish_due():
    actions.publish_due()


@clock("catalogue.publish_promised", every="hour")
def publish_promised(hour):
    actions.publish_due()


@clock("catalogue.date_who_answers", every="hour")
def date_who_answers(hour):
    actions.date_who_answers()
