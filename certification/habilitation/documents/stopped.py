"""A file whose job gave up after its last attempt: what it says, and from where it is taken up again."""

from dataclasses import dataclass

from certification.habilitation.lifecycle import ACTING, FileState
from certification.habilitation.models import ImportedFile
from lms.kernel.formats import number
from lms.kernel.models import Job, JobState

JOBS = {FileState.READING: "habilitation.read_file", FileState.RUNNING: "habilitation.record_file"}
KILLED = "Le service a été interrompu pendant ce travail, ou le travail a duré plus que permis."
NOT_READ = "Rien n’en est enregistré."
PARTLY = "{done} lignes sur {total} sont enregistrées ; les autres ne le sont pas, et aucune ne l’est à moitié."
AGAIN = "Si l’arrêt revient, donnez à l’équipe technique le numéro du travail : {job}."


@dataclass(frozen=True)
class Stop:
    file: ImportedFile
    job: Job

    @property
    def is_reading(self):
        return self.file.state == FileState.READING

    @property
    def title(self):
        return "La lecture a échoué" if self.is_reading else "L’enregistrement a échoué"

    @property
    def label(self):
        return self.title[0].lower() + self.title[1:]

    @property
    def sentences(self):
        return [self._why(), NOT_READ if self.is_reading else self._done(), AGAIN.format(job=self.job.pk)]

    def _why(self):
        """The name of the error and no more: its message may hold what a line said."""
        name = self.job.error.partition("\n")[0]
        if not name:
            return KILLED
        return f"Une erreur du service l’a arrêté après {self.job.attempts} essais : {name}."

    def _done(self):
        total = sum(self.file.counts.get(code, 0) for code in ACTING)
        return PARTLY.format(done=number(self.file.lines_done), total=number(total))


def stops_among(files) -> dict[int, Stop]:
    """By the key of the file; at most one query."""
    busy = {one.pk: one for one in files if one.state in JOBS}
    if not busy:
        return {}
    dead = Job.objects.filter(state=JobState.DEAD, name__in=JOBS.values()).order_by("pk")
    stops = [Stop(busy[job.args[0]], job) for job in dead if job.args[0] in busy]
    return {one.file.pk: one for one in stops if JOBS[one.file.state] == one.job.name}
