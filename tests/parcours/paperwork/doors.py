"""What a page of this room says to whoever opens it or sends its form."""

from django.urls import reverse


def said(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def page(client, name, *args):
    response = client.get(reverse(f"paperwork:{name}", args=args))
    assert response.status_code == 200
    return said(response)


def send(client, name, *args, data=None, follow=True):
    return client.post(reverse(f"paperwork:{name}", args=args), data or {}, follow=follow)


def refused(client, name, *args, data) -> str:
    """The page of a form that is not taken: what was typed is still there."""
    response = send(client, name, *args, data=data)
    assert response.status_code == 422
    return said(response)
