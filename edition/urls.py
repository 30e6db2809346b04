from django.urls import path

from edition.views import essays, passages, search, shelf, site, themes, things, versions

urlpatterns = [
    path("", shelf.essay_list, name="essay_list"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/<slug:slug>/", themes.theme_detail, name="theme_detail"),
    path("works/<slug:slug>/", things.work_detail, name="work_detail"),
    path("quotations/<int:pk>/", things.quotation_detail, name="quotation_detail"),
    path("glosses/<int:pk>/", things.gloss_detail, name="gloss_detail"),
    path("search/", search.search, name="search"),
    path("<slug:slug>/", essays.essay_detail, name="essay_detail"),
    path("<slug:slug>/colour-<slug:digest>.css", essays.essay_colour, name="essay_colour"),
    path("<slug:slug>/preview-<slug:digest>.png", essays.essay_preview, name="essay_preview"),
    path("<slug:slug>/themes/<slug:theme>/", themes.essay_theme, name="essay_theme"),
    path("<slug:slug>/<int:number>/", passages.passage_by_number, name="passage_by_number"),
    path("<slug:slug>/<slug:key>/", passages.passage_detail, name="passage_detail"),
    path("<slug:slug>/<slug:key>/versions/", versions.passage_versions, name="passage_versions"),
]
