"""Every kind of paper of a session: what it is for, what it is not."""

from lms.kernel.papers import PaperKind, register


def _kind(code, label, prefix, purpose, is_not, feminine=False):
    pdf, twin = "papers/document_pdf.html", "papers/document_twin.html"
    return register(PaperKind(code, label, prefix, pdf, twin, purpose, is_not, feminine))


PROGRAMME = _kind(
    "programme",
    "Programme de formation",
    "PRG",
    "Il dit ce que l’on apprend, en combien de temps, comment, et avec quelle évaluation, à la date de cette édition.",
    "Ce n’est ni un devis, ni une inscription.",
)
QUOTE = _kind(
    "devis",
    "Devis",
    "DEV",
    "Il dit à l’acheteur ce que coûte la formation, et jusqu’à quand ce prix tient. L’accepter engage à conclure "
    "la convention.",
    "Ce n’est ni une facture, ni une convention : accepté ou non, il n’inscrit personne.",
)
CONVENTION = _kind(
    "convention",
    "Convention de formation professionnelle",
    "CVT",
    "Elle lie l’acheteur et l’organisme de formation : qui est formé, à quoi, quand, comment, à quel prix "
    "(articles L6353-1 et D6353-1 du Code du travail).",
    "Ce n’est pas la preuve que la formation a eu lieu : le certificat de réalisation l’apporte ensuite.",
    feminine=True,
)
SIGNED_CONVENTION = _kind(
    "convention-signee",
    "Convention de formation, exemplaire signé",
    "CVS",
    "Elle redonne la convention avec les signatures des deux parties : qui a signé, quand, comment, et quel fichier.",
    "Ce n’est pas une seconde convention : elle renvoie à celle dont elle porte l’empreinte.",
    feminine=True,
)
CONVOCATION = _kind(
    "convocation",
    "Convocation",
    "CVC",
    "Elle dit à la personne inscrite où et quand elle est attendue, et qui joindre.",
    "Ce n’est pas une preuve de présence : chaque demi-journée se signe sur place ou à distance.",
    feminine=True,
)
SHEET = _kind(
    "emargement",
    "Feuille d’émargement",
    "FEM",
    "Elle prouve qui était présent à cette demi-journée : chacun a signé, la formatrice ou le formateur a contresigné.",
    "Ce n’est ni une évaluation, ni un certificat : elle ne dit rien de ce qui a été réussi.",
    feminine=True,
)
CERTIFICATE = _kind(
    "certificat-realisation",
    "Certificat de réalisation",
    "CRE",
    "Il dit à qui finance combien d’heures ont été réalisées, pour quelle personne, à quelles dates.",
    "Ce n’est ni un diplôme, ni l’attestation de fin de formation remise à la personne : il ne dit rien des résultats.",
)
CONNECTIONS = _kind(
    "releve-connexion",
    "Relevé de connexion",
    "RCX",
    "Il montre, étape par étape, quand la partie en ligne a été suivie. La personne formée l’a relu et signé.",
    "Ce n’est pas le décompte des heures payées : le temps constaté est donné à titre d’information.",
)
LIVRET = _kind(
    "livret-accueil",
    "Livret d’accueil",
    "LVA",
    "Il dit à chaque stagiaire comment se passe la formation, qui l’aide et à qui s’adresser.",
    "Ce n’est pas un contrat : la convention et le règlement intérieur disent les engagements.",
)
REGLEMENT = _kind(
    "reglement-interieur",
    "Règlement intérieur",
    "RGI",
    "Il dit les règles de santé, de sécurité et de discipline applicables aux stagiaires, et leurs droits "
    "(articles L6352-3 et suivants du Code du travail).",
    "Ce n’est pas le règlement de l’employeur, qui continue de s’appliquer dans ses locaux.",
)
OF_TEXT = {"livret": LIVRET, "reglement": REGLEMENT}
