from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Works out the address of each file once: they change only when the site is installed again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = cache(self.url)
