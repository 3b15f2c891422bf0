from lms.kernel.privacy import Personal

PERSONAL = [
    Personal(
        model="site.SiteIdentity",
        fields=("editeur", "contact", "directeur_publication", "hebergeur", "dpo", "contact_accessibilite"),
        why="Dire au public qui édite et héberge le site, et à qui écrire.",
        basis="Obligation légale : loi n° 2004-575, art. 1-1 ; règlement (UE) 2016/679, art. 13.",
        keep="Tant que la personne exerce la fonction.",
        erase="Remplacées par l’administrateur du site.",
    ),
]

ACTS = {
    "site.confirm_sender": "L’adresse d’envoi du site est confirmée.",
    "site.confirm_test_mail": "La réception du message d’essai est confirmée.",
    "site.describe": "Les informations du site sont modifiées.",
    "site.mark_queue_tested": "L’essai des travaux différés a réussi.",
    "site.try_files": "L’essai des fichiers a réussi.",
    "site.try_queue": "Un essai des travaux différés est lancé.",
}
