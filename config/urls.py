from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The desk has no door of its own: one sign-in, with its limits, for everybody.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("admin/colour/", include("annotations.admin.colours")),
    path("admin/find/", include("annotations.admin.finding")),
    path("admin/", admin.site.urls),
    path("accounts/", include("edition.account_urls")),
    path("", include("edition.urls")),
]
handler400 = "edition.views.site.bad_request"
handler403 = "edition.views.site.forbidden"
handler404 = "edition.views.site.not_found"
handler429 = "edition.views.site.too_many"
