import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from lms.accounts.middleware import sign_in_required
from lms.kernel.access import keeps_what_was_written
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "signed_in", "kept"), [("post", False, ["sent"]), ("get", False, []), ("post", True, [])]
)
def test_a_page_may_keep_what_somebody_was_writing_when_their_session_ended(rf, method, signed_in, kept):
    seen = []

    @keeps_what_was_written(lambda request: seen.append(request.POST["text"]))
    def view(request):
        return HttpResponse()

    request = getattr(rf, method)("/espace/", {"text": "sent"})
    request.user = PersonFactory() if signed_in else AnonymousUser()
    sent_away = sign_in_required(lambda request: HttpResponse()).process_view(request, view, [], {})
    assert seen == kept
    assert (sent_away is None) == signed_in


def test_somebody_whose_session_ended_hears_that_what_they_sent_is_not_recorded(client):
    asked = client.post("/espace/profil/", {"first_name": "Awa"}, follow=True).content.decode()
    assert "n’est pas enregistré" in asked
    assert "n’est pas enregistré" not in client.get("/espace/profil/", follow=True).content.decode()
    assert "n’est pas enregistré" not in client.post("/deconnexion/", follow=True).content.decode()
