app_name = "emargement"
urlpatterns: list = []
