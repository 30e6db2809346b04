"""What monitoring asks: whether the process answers, and whether the site can serve pages."""

from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache

from edition.requests.allowed_methods import require_safe

OK = "ok"


@require_safe
@never_cache
def healthz(request):
    """The process runs. Asks neither the database nor the cache."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request):
    """503 with the reason if database, migrations or cache would make pages fail."""
    checks = {**database_checks(), "cache": cache_check()}
    ready = all(result == OK for result in checks.values())
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


def database_checks() -> dict[str, str]:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return {
            "database": "The database does not answer. See the site's log.",
            "migrations": "unknown",
        }
    if missing:
        names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in missing)
        return {"database": OK, "migrations": f"Run `manage.py migrate`. Not applied: {names}."}
    return {"database": OK, "migrations": OK}


def cache_check() -> str:
    value, cache = get_random_string(8), caches["shared"]
    try:
        cache.set(f"readyz:{value}", value, timeout=10)
        stored = cache.get(f"readyz:{value}") == value
        cache.delete(f"readyz:{value}")
    except Exception:  # Each cache has its own errors.
        stored = False
    return OK if stored else "The cache does not keep what is put into it. See CACHE_URL."
