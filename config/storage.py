from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed copies; imports between our modules name the hashed files too."""

    support_js_module_import_aggregation = True
    # One pass for each step in the longest chain of imports; Django's five suit stylesheets.
    max_post_process_passes = 20
