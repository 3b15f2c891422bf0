from django.urls import path

from lms.kernel import views

app_name = "kernel"

urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
]
