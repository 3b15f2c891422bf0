"""The whole bench, from an empty database to its conclusion."""

import os

from lms.kernel import papers
from lms.kernel.jobs import running
from lms.kernel.models import Job, JobState
from tests.bench import imports, measures, population, wire
from tests.bench.report import FEW, LATEST, MANY, UNIT, Report, say
from tests.bench.scenarios import FINISHERS, path_of, scenarios
from tests.bench.server import Server


def main():
    size = int(os.environ.get("SIZE", "600"))
    say(f"Préparation de {size} personnes…")
    world = population.build(size)
    report = Report(size)
    say(f"\n{world.people} personnes, un processus web, temps de processeur du site et de la base")
    report.add("calibration", "ms", measures.calibration_ms())
    for name, seconds in world.seconds.items():
        report.add(name, "s", seconds)
    _certificates(report, world)
    with Server(processes=1) as server:
        _pages(report, world, server)
        _sign_in(report, world, server)
        _wire(report, world, server)
    _without_redis(report, world)
    imports.measure(report)
    return _conclude(report)


def _pages(report, world, server):
    bare = None
    with Server(processes=2) as pair:
        for scenario in scenarios(world):
            unit = measures.calibration_ms()
            asks = iter(scenario.asks(world))
            ms = measures.cpu_ms(server, asks, scenario.requests)
            bare = bare or ms
            report.add(scenario.name, "ms", ms, scenario.ms)
            report.add(scenario.name, UNIT, ms / unit)
            report.add(scenario.name, "× vue nue", ms / bare)
            report.add(scenario.name, "requêtes SQL", measures.queries(asks), scenario.queries)
            report.add(scenario.name, "p95 ms", measures.p95_ms(pair, asks, scenario.requests), scenario.p95)


def _sign_in(report, world, server):
    asking, entering = measures.sign_in(server, world)
    report.add("demander un code", "ms", asking)
    report.add("entrer le code", "ms", entering)


def _wire(report, world, server):
    """Straight from the web process: a reverse proxy that compresses pages sends less."""
    reader, outline = world.enrolments[FINISHERS][-1], world.edition.outline
    plain = [activity for activity in outline if "<img" not in str(activity.nodes)][:2]
    pictured = [activity for activity in outline if "<img" in str(activity.nodes)][:1]
    paths = [path_of(reader, activity) for activity in (*plain, *pictured)]
    names = ("étape reçue, première visite", "étape reçue, suivante", "étape reçue, avec images")
    budgets = ((250, 20), (60, None), (150, None))
    for name, (size, requests), budget in zip(names, wire.visits(server, reader.person, paths), budgets, strict=False):
        report.add(name, "ko", size / 1000, budget[0])
        report.add(name, "requêtes HTTP", requests, budget[1])


def _certificates(report, world):
    """From the job that issues to the sealed and signed file, in a worker that is warm."""
    for enrolment in world.enrolments[FINISHERS][:11]:
        for activity in world.edition.outline:
            population.finish(enrolment, activity)
    papers.warm()
    jobs = Job.objects.filter(name="learning.issue_attestation", state=JobState.READY).order_by("pk")

    def issue():
        running.run(jobs.first().pk)

    report.add("attestation scellée et signée", "ms", measures.in_process_ms(issue, 10), 150)
    if jobs.exists():
        raise measures.Wrong("an attestation was not issued")


def _without_redis(report, world):
    with Server(REDIS_URL=os.environ["REDIS_TEST_URL"]) as server:
        usual = measures.asking_a_code_ms(server, world, 40)
    with Server(REDIS_URL="unix:///nowhere/redis.sock") as server:
        alone = measures.asking_a_code_ms(server, world, 70)
    report.add("poster un travail, Redis présent", "p50 ms", usual)
    report.add("poster un travail, Redis absent", "p50 ms", alone, round(usual * 1.5 + 5, 1))


def _conclude(report):
    regressions = report.keep()
    say(f"\nÉcrit dans {LATEST}")
    if growth := report.growth():
        say(f"\nDe {FEW} à {MANY} personnes, en unités de la boucle de calibration ; une liste doit rester près de × 1")
        for line in growth:
            say(f"  {line}")
    for sentence in regressions:
        say(f"Plus lent d’un cinquième que la dernière fois : {sentence}")
    for measure in report.broken:
        say(f"Budget dépassé : {measure.scenario}, {measure.metric} = {measure.value:g} pour {measure.budget:g}")
    return 1 if report.broken else 0
