from lms.kernel.jobs import task


@task("learning.issue_attestation")
def issue_attestation(enrolment_pk):
    raise NotImplementedError
