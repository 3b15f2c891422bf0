"""Who meets what: each room lists its doors in `tests/<room>/access.py`; every actor tries every door.

    ROWS = [
        Row("organisations:members", lambda world: [world.structure.public_id], {"*": 404, "admin": 200}),
    ]

`"*"` is the answer for whoever is not named. A person who is not signed in is always sent to the sign-in page,
unless the row says otherwise. An expected 200 or 302 means that the door opens.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from lms.organisations.models import Role

ACTORS = ["anonymous", "stranger", "former", *map(str, Role), "superuser"]
SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Row:
    url_name: str
    args: Callable = lambda world: []
    expected: dict = field(default_factory=dict)
    verb: str = "get"
    data: Callable = lambda world: {}
    label: str = ""
    after: Callable | None = None

    @property
    def begins_with(self):
        """What rows that share it make only once; their `args` then find what is there."""
        return self.after or self.args

    def __str__(self):
        return f"{self.verb} {self.url_name} {self.label}".strip()

    def answer_for(self, actor):
        default = SIGN_IN if actor == "anonymous" else self.expected["*"]
        return self.expected.get(actor, default)


def signed_in(person) -> Client:
    """Someone whose sign-in went to its end, second factor included."""
    client = Client()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method="mfa")
    request.session.save()
    return client


def read_whole(response):
    """A file that is sent is closed once it was read."""
    if response.streaming:
        b"".join(response)
    return response


def actor_of(world, actor):
    return AnonymousUser() if actor == "anonymous" else world.people[actor]


def doorstep(world) -> dict[str, Client]:
    """Every actor, each with a client of their own: signed in once, as what a door does to them is undone."""
    people = {actor: actor_of(world, actor) for actor in ACTORS}
    return {actor: signed_in(person) if person.is_authenticated else Client() for actor, person in people.items()}


def answer(world, row, client, args):
    """The status met, or SIGN_IN when the door sends back to the sign-in page."""
    cookies = deepcopy(client.cookies)
    response = read_whole(getattr(client, row.verb)(reverse(row.url_name, args=args), row.data(world)))
    client.cookies = cookies
    sent_back = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
    return SIGN_IN if sent_back else response.status_code
