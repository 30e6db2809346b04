from django.contrib import admin

from annotations.admin.desk import ReadOnlyAdmin
from annotations.admin.histories import HistoryAdmin
from annotations.admin.passage_list import PassagesOfEssay
from essays.models import Essay


@admin.register(Essay)
class EssayAdmin(PassagesOfEssay, HistoryAdmin, ReadOnlyAdmin):
    list_display = ["title", "status", "published_at"]
    list_filter = ["status"]
    search_fields = ["title", "dek"]
