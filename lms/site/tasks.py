from lms.kernel.jobs import task

from . import actions


@task("site.mark_queue_tested", atomic=True)
def mark_queue_tested():
    actions.mark_queue_tested()
