from django.urls import path, register_converter

from parcours.paperwork.lifecycle import TextKind
from parcours.paperwork.views import agreements, billing, house, mine, papers, session, structure

app_name = "paperwork"


class TextKindConverter:
    regex = "|".join(TextKind.values)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


register_converter(TextKindConverter, "paperwork_text")
FILE = "formation/sessions/<uuid:session>/documents/"
BILLING = "formation/sessions/<uuid:session>/documents/facturation/"
CONVENTION = "formation/conventions/<uuid:convention>/"
HOUSE = "formation/documents/organismes/"
STRUCTURE = "structure/<uuid:structure>/documents/"
BOUGHT = "structure/<uuid:structure>/documents/devis/<uuid:quote>/"
AGREED = "structure/<uuid:structure>/documents/conventions/<uuid:convention>/"

urlpatterns = [
    path(FILE, session.session, name="session"),
    path(f"{FILE}delivrer/", session.issue_all, name="issue_all"),
    path(f"{FILE}zip/", session.archive, name="archive"),
    path(f"{FILE}stagiaires/", session.people, name="people"),
    path(f"{FILE}stagiaires/<uuid:registration>/corriger/", session.correct, name="correct"),
    path(f"{FILE}devis/nouveau/", agreements.new_quote, name="new_quote"),
    path(f"{FILE}conventions/nouvelle/", agreements.new_convention, name="new_convention"),
    path(BILLING, billing.billing, name="billing"),
    path(f"{BILLING}prix/", billing.price_all, name="price_all"),
    path(f"{BILLING}parts/<uuid:registration>/", billing.parts, name="parts"),
    path(f"{BILLING}factures/nouvelle/", billing.new_invoice, name="new_invoice"),
    path(f"{BILLING}export/", billing.export, name="export"),
    path("formation/factures/<int:invoice>/fichier/", billing.invoice_file, name="invoice_file"),
    path("formation/devis/<uuid:quote>/", agreements.quote, name="quote"),
    path(CONVENTION, agreements.convention, name="convention"),
    path(f"{CONVENTION}envoyer/", agreements.send_convention, name="send_convention"),
    path(f"{CONVENTION}suite/", agreements.next_version, name="next_version"),
    path(f"{CONVENTION}abandonner/", agreements.cancel_convention, name="cancel_convention"),
    path(HOUSE, house.houses, name="houses"),
    path(f"{HOUSE}<uuid:organisation>/mentions/", house.mentions, name="mentions"),
    path(f"{HOUSE}<uuid:organisation>/<paperwork_text:kind>/", house.text, name="text"),
    path("pieces/<str:number>/", papers.paper, name="paper"),
    path("pieces/<str:number>/pdf/", papers.paper_pdf, name="paper_pdf"),
    path("pieces/<str:number>/signature/<int:signature>/", papers.signed_file, name="signed_file"),
    path(STRUCTURE, structure.documents, name="structure"),
    path(f"{STRUCTURE}certificats.zip", structure.certificates, name="certificates"),
    path(BOUGHT, structure.quote, name="structure_quote"),
    path(f"{BOUGHT}accepter/", structure.accept_quote, name="accept_quote"),
    path(f"{BOUGHT}deposer/", structure.upload_quote, name="upload_quote"),
    path(f"{BOUGHT}refuser/", structure.decline_quote, name="decline_quote"),
    path(AGREED, structure.convention, name="structure_convention"),
    path(f"{AGREED}signer/", structure.sign_convention, name="sign_convention"),
    path(f"{AGREED}deposer/", structure.upload_convention, name="upload_convention"),
    path("espace/documents/", mine.all_mine, name="all_mine"),
    path("espace/sessions/<uuid:registration>/documents/", mine.mine, name="mine"),
    path("espace/sessions/<uuid:registration>/releve/", mine.connections, name="connections"),
    path("espace/sessions/<uuid:registration>/releve/signer/", mine.sign_connections, name="sign_connections"),
    path("espace/textes/<int:delivery>/", mine.read_text, name="read_text"),
    path("espace/textes/<int:delivery>/connaissance/", mine.acknowledge, name="acknowledge"),
]
