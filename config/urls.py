from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("edition.urls")),
]
handler404 = "edition.views.site.not_found"
