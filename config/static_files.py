from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves the files that the manifest names, and nothing else that lies in their folder.

    Files of an older release stay there, and whatever an operator puts there by mistake.
    """

    def add_files(self, root, prefix=None):
        super().add_files(root, prefix)
        # The storage of the tests has no manifest.
        if isinstance(staticfiles_storage, ManifestFilesMixin):
            named = {prefix + name for name in staticfiles_storage.hashed_files.values()}
            self.files = {url: file for url, file in self.files.items() if url in named}
