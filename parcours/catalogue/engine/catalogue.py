"""The whole catalogue: every file parsed, every reference followed, every fault said at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from parcours.catalogue.engine.media import EXTENSIONS, HEAD, is_named, sound_fault
from parcours.catalogue.engine.module import Module, parse_module
from parcours.catalogue.engine.page import SitePage, parse_page
from parcours.catalogue.engine.parcours import LISTED, Parcours, minutes_fault, parse_parcours
from parcours.catalogue.engine.questions import Serie, parse_questions
from parcours.catalogue.engine.reference import Word, parse_words
from parcours.catalogue.engine.seance import Seance, parse_seance
from parcours.catalogue.engine.source import Fault, Source, read

FACETS, COMPETENCES = "facettes.yaml", "competences.yaml"


@dataclass
class Catalogue:
    modules: list[Module] = field(default_factory=list)
    seances: list[Seance] = field(default_factory=list)
    parcours: list[Parcours] = field(default_factory=list)
    pages: list[SitePage] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    """Kind of each media file the modules show, by name."""
    sources: list[Source] = field(default_factory=list)
    questions: dict[str, tuple[Source, list[Serie]]] = field(default_factory=dict)
    facets: list[Word] = field(default_factory=list)
    competences: list[Word] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        return sorted(fault for source in self.sources for fault in source.faults)

    def is_draft(self, module: Module) -> bool:
        """`[à vérifier]` in a module or in its questions keeps the module out of publication."""
        questions = self.questions.get(module.source.stem)
        return module.source.is_draft or bool(questions and questions[0].is_draft)


def parse_catalogue(files: Mapping[str, bytes]) -> Catalogue:
    """`files`: the bytes of each file, by its path from the folder of the catalogue."""
    catalogue = Catalogue()
    read_words(catalogue, files)
    texts = {name: raw for name, raw in files.items() if name.endswith((".md", ".yaml")) and "/" in name}
    for name, raw in sorted(texts.items()):
        source = read(name, raw)
        catalogue.sources.append(source)
        if name.startswith("questions/"):
            catalogue.questions[source.stem] = (source, parse_questions(source, source.stem))
    for source in catalogue.sources:
        parse_source(catalogue, source)
    check_names(catalogue)
    check_taught(catalogue)
    check_questions(catalogue)
    check_media(catalogue, files)
    check_competences(catalogue)
    for parcours in catalogue.parcours:
        check_parcours(catalogue, parcours)
    return catalogue


def read_words(catalogue: Catalogue, files: Mapping[str, bytes]) -> None:
    for name, into, groups in (
        (FACETS, catalogue.facets, ("metiers", "themes")),
        (COMPETENCES, catalogue.competences, ()),
    ):
        if name in files:
            source = read(name, files[name])
            catalogue.sources.append(source)
            into += parse_words(source, groups)


def parse_source(catalogue: Catalogue, source: Source) -> None:
    folder = source.name.split("/")[0]
    if not source.lines or folder in ("questions", FACETS, COMPETENCES):
        return
    if folder == "modules":
        series = catalogue.questions.get(source.stem, (None, []))[1]
        found, thing = catalogue.modules, parse_module(source, series)
    elif folder == "seances":
        found, thing = catalogue.seances, parse_seance(source)
    elif folder == "parcours":
        found, thing = catalogue.parcours, parse_parcours(source)
    elif folder == "pages":
        found, thing = catalogue.pages, parse_page(source)
    else:
        source.say(1, "ce dossier est inconnu : modules, questions, seances, parcours, pages ou media.")
        return
    if thing is not None:
        found.append(thing)


def check_names(catalogue: Catalogue) -> None:
    """Ids and slugs are taken once; the questions of a module have its file name, which is its id."""
    for things in (catalogue.modules, catalogue.seances, catalogue.parcours, catalogue.pages):
        for key in ("id", "slug"):
            taken: dict[str, str] = {}
            for thing in things:
                name = thing.values[key]
                if name and name in taken:
                    thing.source.say(1, f"« {key}: {name} » est déjà pris par {taken[name]}.")
                taken.setdefault(name, thing.source.name)
    for module in catalogue.modules:
        if module.id and module.id != module.source.stem:
            module.source.say(1, f"l’id « {module.id} » doit être aussi le nom du fichier.")


def check_questions(catalogue: Catalogue) -> None:
    etapes = {(module.id, etape.id) for module in catalogue.modules for etape in module.etapes}
    modules = {module.id for module in catalogue.modules}
    for stem, (source, series) in catalogue.questions.items():
        if stem not in modules:
            source.say(1, f"il n’y a pas de module modules/{stem}.md pour ces questions.")
        for question in (question for serie in series for question in serie.questions):
            reference = question["taught_in"]
            module, _, etape = reference.rpartition("/")
            if reference and (module or stem, etape) not in etapes:
                source.say(question["line"], f"question « {question['id']} » : l’étape « {reference} » n’existe pas.")


def check_media(catalogue: Catalogue, files: Mapping[str, bytes]) -> None:
    for module in catalogue.modules:
        for line, name, kind in module.media:
            if f"media/{name}" not in files:
                module.source.say(line, f"le fichier media/{name} n’existe pas.")
            elif not is_named(name, kind):
                known = ", ".join(EXTENSIONS[kind])
                module.source.say(line, f"« {name} » : les formats possibles ici sont {known}.")
            elif kind == "audio" and (sentence := sound_fault(name, files[f"media/{name}"][:HEAD])):
                module.source.say(line, sentence)
            catalogue.media[name] = "image" if kind == "image" else "document"


def check_competences(catalogue: Catalogue) -> None:
    known = {word.code for word in catalogue.competences}
    for source, line, code in cited_competences(catalogue) if known else ():
        if code not in known:
            source.say(line, f"la compétence « {code} » n’est pas dans {COMPETENCES} : ajoutez-l’y.")


def cited_competences(catalogue: Catalogue) -> Iterator[tuple[Source, int, str]]:
    """(file, line, code) of each: of a module or a half-day, then of an étape or a sequence of it."""
    for thing in (*catalogue.modules, *catalogue.seances):
        lines = enumerate(thing.source.lines, start=1)
        line = next((at for at, text in lines if text.startswith("competences")), 1)
        yield from ((thing.source, line, code) for code in thing.values["competences"])
    for module in catalogue.modules:
        for etape in module.etapes:
            yield from ((module.source, etape.line, code) for code in etape.value["competences"])
    for seance in catalogue.seances:
        for code in sorted({one["value"].get("competence") or "" for one in seance.sequences} - {""}):
            lines = enumerate(seance.source.lines, start=1)
            line = next((at for at, text in lines if text.startswith("competence:") and code in text), 1)
            yield seance.source, line, code


def check_taught(catalogue: Catalogue) -> None:
    known = {module.id for module in catalogue.modules}
    for seance in catalogue.seances:
        for name in seance.values["modules"]:
            if name not in known:
                line = next((at for at, text in enumerate(seance.source.lines, 1) if text.startswith("modules")), 1)
                seance.source.say(line, f"le module « {name} » n’existe pas.")


def check_parcours(catalogue: Catalogue, parcours: Parcours) -> None:
    modules = {module.id: module for module in catalogue.modules}
    seances = {seance.id: seance for seance in catalogue.seances}
    facets = {group: {word.code for word in catalogue.facets if word.group == group} for group in ("metiers", "themes")}
    for key, known in {"modules": modules, "seances": seances, **facets}.items():
        for name in parcours.values[key]:
            if name not in known:
                parcours.say(key, f"{LISTED[key]} « {name} » n’existe pas.")
    online = sum(modules[name].minutes for name in modules.keys() & parcours.values["modules"])
    live = sum(seances[name].minutes for name in seances.keys() & parcours.values["seances"])
    is_history = parcours.values["inscription"] == "fermee" and not online and not live
    if not is_history and (sentence := minutes_fault(parcours.values["minutes"], online, live)):
        parcours.say("minutes", sentence)
