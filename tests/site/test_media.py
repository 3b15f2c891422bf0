import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages


@pytest.mark.django_db
def test_anyone_sees_the_images_of_pages_and_nothing_else_of_the_folder(client):
    storages["default"].save("images/mairie.svg", ContentFile(b"<svg><script>alert(1)</script></svg>"))
    storages["default"].save("documents/liste.pdf", ContentFile(b"%PDF"))

    response = client.get("/media/images/mairie.svg")

    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"<svg>")
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    for elsewhere in ("documents/liste.pdf", "images/../documents/liste.pdf", "images/", "images/absent.png"):
        assert client.get(f"/media/{elsewhere}").status_code in (302, 400, 404)
