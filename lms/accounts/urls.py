"""Sign-in and the pages of one's own account. allauth finds its pages by its own names (account_…, mfa_…).

What allauth offers and we do not use (password reset, several addresses, sign-in by passkey alone) has no path.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as printed
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from lms.accounts.views import codes, data, display, entrance, factors, profile, security
from lms.accounts.views.factors import freshly

FACTORS = "espace/securite/second-facteur/"

own = [
    path("connexion/mot-de-passe/", entrance.PasswordSignInView.as_view(), name="password_sign_in"),
    path("connexion/second-facteur/perdu/", factors.lost_factor, name="lost_factor"),
    path("connexion/second-facteur/demande/<str:token>/", factors.stop_factor_reset, name="stop_factor_reset"),
    path("espace/profil/", profile.profile, name="profile"),
    path("espace/profil/adresse-pix/", profile.pix_address, name="pix_address"),
    path("espace/profil/adresse-pix/code/", codes.PixCodeView.as_view(), name="pix_code"),
    path("espace/securite/", security.security, name="security"),
    path("espace/securite/fermer/", security.end_sign_ins, name="end_sign_ins"),
    path("espace/securite/prouver/", codes.ProveView.as_view(), name="prove"),
    path("espace/securite/collegue/", factors.ask_factor_reset, name="ask_factor_reset"),
    path(f"{FACTORS}<int:pk>/retirer/", factors.remove_factor, name="remove_factor"),
    path("version-legere/", display.light, name="light"),
    path("espace/donnees/", data.data, name="data"),
    path("espace/donnees/export/", data.export, name="export"),
    path("espace/donnees/export/fichier/", data.export_file, name="export_file"),
    path("espace/donnees/demande/", data.ask, name="ask_about_data"),
]

entrances = [
    path("connexion/", entrance.SignInView.as_view(), name="account_login"),
    path("connexion/", entrance.SignInView.as_view(), name="account_request_login_code"),
    path("connexion/code/", entrance.CodeView.as_view(), name="account_confirm_login_code"),
    path("connexion/adresse/", profile.EmailCodeView.as_view(), name="account_email_verification_sent"),
    path("connexion/compte-ferme/", account.account_inactive, name="account_inactive"),
    path("connexion/second-facteur/", factors.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("connexion/appareil/", mfa.trust, name="mfa_trust"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", entrance.SignUpView.as_view(), name="account_signup"),
]

keys = [
    path("espace/profil/adresse/", profile.change_email, name="account_email"),
    path("espace/securite/mot-de-passe/", security.password, name="account_change_password"),
    path("espace/securite/mot-de-passe/", security.password, name="account_set_password"),
    path("espace/securite/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("espace/securite/", security.security, name="usersessions_list"),
    path(FACTORS, factors.factors, name="mfa_index"),
    path(FACTORS, factors.factors, name="mfa_list_webauthn"),
    path(f"{FACTORS}confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(f"{FACTORS}confirmer/cle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{FACTORS}application/", freshly(application.activate_totp), name="mfa_activate_totp"),
    path(f"{FACTORS}application/retirer/", factors.remove_application, name="mfa_deactivate_totp"),
    path(f"{FACTORS}codes/", freshly(printed.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{FACTORS}codes/creer/", freshly(printed.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(f"{FACTORS}codes/fichier/", freshly(printed.download_recovery_codes), name="mfa_download_recovery_codes"),
    path(f"{FACTORS}cle/", freshly(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{FACTORS}cle/<int:pk>/", freshly(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]

urlpatterns = [path("", include((own, "accounts"))), *entrances, *keys]
