app_name = "habilitation"
urlpatterns = []
