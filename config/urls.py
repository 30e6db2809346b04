from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config import health
from desk.lookup import catalogue_suggestions

# The admin has no sign-in page of its own: one page, with its rate limits, for everybody.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/colour/", include("desk.essays.colour_field")),
    path("admin/find/", admin.site.admin_view(catalogue_suggestions), name="catalogue_suggestions"),
    path("admin/", admin.site.urls),
    path("accounts/", include("edition.account_urls")),
    path("", include("edition.urls")),
]
handler400 = "edition.views.site_pages.bad_request"
handler403 = "edition.views.site_pages.forbidden"
handler404 = "edition.views.site_pages.not_found"
handler500 = "edition.views.site_pages.server_error"
handler429 = "edition.views.site_pages.too_many"
