from django.urls import path

from lms.kernel import views
from lms.kernel.papers import views as papers

app_name = "kernel"

urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("verifier/", papers.verify, name="verify"),
    path("verifier/<str:token>/", papers.verify_paper, name="verify_paper"),
]
