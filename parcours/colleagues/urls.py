app_name = "colleagues"

urlpatterns: list = []
