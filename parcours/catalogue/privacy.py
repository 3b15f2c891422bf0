from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from lms.kernel.privacy import Personal


def _versions_by(person):
    return [
        {"page": revision.object_str, "écrite le": revision.created_at}
        for revision in Revision.objects.filter(user=person).order_by("pk")
    ]


def _acts_of(person):
    return [
        {"page": entry.label, "acte": entry.action, "instant": entry.timestamp}
        for entry in PageLogEntry.objects.filter(user=person).order_by("pk")
    ]


def _submitted_by(person):
    return [
        {"page": str(state.content_object), "soumise le": state.created_at, "état": state.get_status_display()}
        for state in WorkflowState.objects.filter(requested_by=person).order_by("pk")
    ]


def _reviewed_by(person):
    return [
        {"page": state.revision.object_str, "relue le": state.finished_at, "commentaire": state.comment}
        for state in TaskState.objects.filter(finished_by=person).select_related("revision").order_by("pk")
    ]


PERSONAL = [
    Personal(
        model="catalogue.ParcoursPage",
        fields=("contact", "disability_contact"),
        why="Dire au public à qui s’adresser avant de s’inscrire, et qui est le référent handicap.",
        basis="Obligation légale : information du public (référentiel national qualité, indicateur 1).",
        keep="Tant que le parcours est publié, puis avec l’édition, comme preuve de ce qui était annoncé.",
        erase="Remplacés par l’organisme ; les éditions déjà publiées gardent le texte d’alors.",
    ),
    Personal(
        model="wagtailcore.Revision",
        fields=("user",),
        name="versions des pages",
        why="Savoir qui a écrit une version d’une page, la comparer et la rétablir.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que la page.",
        erase="Le lien vers la personne est retiré ; la version reste.",
        export=_versions_by,
    ),
    Personal(
        model="wagtailcore.PageLogEntry",
        fields=("user",),
        name="historique des pages",
        why="Savoir qui a publié, déplacé ou dépublié une page.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que la page.",
        erase="Il ne reste qu’un numéro, sans nom.",
        export=_acts_of,
    ),
    Personal(
        model="catalogue.Edition",
        fields=("published_by",),
        why="Savoir qui a publié une édition que des personnes suivent.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que l’édition.",
        erase="Il reste un compte rendu anonyme.",
    ),
    Personal(
        model="catalogue.PublicationException",
        fields=("by", "reason"),
        why="Savoir qui a accepté qu’une page soit publiée avec un défaut, et pourquoi.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que la page.",
        erase="Il reste un compte rendu anonyme.",
    ),
    Personal(
        model="wagtailcore.WorkflowState",
        fields=("requested_by",),
        name="pages soumises à relecture",
        why="Répondre à l’auteur qui a soumis une page, et savoir qui la porte.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que la page.",
        erase="Il reste un compte rendu anonyme.",
        export=_submitted_by,
    ),
    Personal(
        model="wagtailcore.TaskState",
        fields=("finished_by", "comment"),
        name="relectures",
        why="Savoir qui a publié une page ou demandé des changements, et lesquels.",
        basis="Intérêt légitime : tenir des contenus exacts et savoir qui en répond.",
        keep="Aussi longtemps que la page.",
        erase="Il reste un compte rendu anonyme ; le commentaire, qui parle de la page, reste avec elle.",
        export=_reviewed_by,
    ),
]

ACTS = {
    "catalogue.access_given": "Un accès à une bibliothèque est donné.",
    "catalogue.access_taken_back": "Un accès à une bibliothèque est repris.",
    "catalogue.approved": "Une relecture approuve un contenu.",
    "catalogue.changes_asked": "Une relecture demande des corrections.",
    "catalogue.copied": "Un contenu est copié.",
    "catalogue.edition_dated": "Une édition est mise à jour avec qui répond du parcours.",
    "catalogue.edition_published": "Une édition est publiée.",
    "catalogue.library_opened": "Une bibliothèque est ouverte.",
    "catalogue.published_despite_fault": "Un contenu est publié malgré une remarque.",
    "catalogue.published_on_time": "Un contenu est publié à la date prévue.",
    "catalogue.refused_on_time": "Une publication prévue n’a pas pu se faire.",
    "catalogue.reviewed": "Une relecture est notée.",
    "catalogue.stock_group_removed": "Un groupe d’origine est supprimé.",
    "catalogue.submitted": "Un contenu est soumis à la relecture.",
    "catalogue.withdrawn_on_time": "Un contenu est retiré à la date prévue.",
}
