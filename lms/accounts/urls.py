"""Sign-in and the rooms of one's own account. allauth finds its pages by its own global names (account_…, mfa_…)."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.views.generic import RedirectView

own = (
    [
        path("espace/donnees/", RedirectView.as_view(url="/espace/"), name="data"),
        path("espace/securite/", RedirectView.as_view(url="/espace/"), name="security"),
        path("espace/profil/", RedirectView.as_view(url="/espace/"), name="profile"),
    ],
    "accounts",
)

urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/nouveau-code/", account.request_login_code, name="account_request_login_code"),
    path("connexion/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/adresse/", account.email_verification_sent, name="account_email_verification_sent"),
    path("connexion/compte-ferme/", account.account_inactive, name="account_inactive"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/appareil/", mfa.trust, name="mfa_trust"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("espace/securite/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("espace/securite/mot-de-passe/", account.password_change, name="account_change_password"),
    path("espace/securite/nouveau-mot-de-passe/", account.password_set, name="account_set_password"),
    path("espace/securite/second-facteur/", mfa.index, name="mfa_index"),
    path("espace/securite/second-facteur/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("espace/securite/second-facteur/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("espace/securite/second-facteur/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("espace/securite/second-facteur/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "espace/securite/second-facteur/codes/creer/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "espace/securite/second-facteur/codes/fichier/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("espace/securite/second-facteur/cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("espace/securite/second-facteur/cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "espace/securite/second-facteur/cles/confirmer/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("espace/securite/second-facteur/cles/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("espace/securite/second-facteur/cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("espace/securite/connexions/", sessions.list_usersessions, name="usersessions_list"),
    path("", include(own)),
]
