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
