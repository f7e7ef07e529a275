"""Static files of the site itself."""

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise that looks at a file when it is asked for first: to look at all takes a tenth of the start."""

    def update_files_dictionary(self, root, prefix):
        self.directories.insert(0, (root, prefix))

    def __call__(self, request):
        path = request.path_info
        if not self.autorefresh and path.startswith(self.static_prefix) and path not in self.files:
            found = self.find_file(path)
            if found is not None:
                self.files[path] = found
        return super().__call__(request)
