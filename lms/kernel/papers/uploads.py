"""Files that only pass through: held in memory while they are looked at, never written anywhere."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

FORM_OVERHEAD = 64 * 1024


class MemoryOnlyUploadHandler(FileUploadHandler):
    """To be the only handler of a request: nothing spills to a temporary file, nothing goes beyond the ceiling."""

    def __init__(self, request, *, ceiling):
        super().__init__(request)
        self.ceiling = ceiling
        self.too_big = False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """A body announced too big is not even read."""
        self.too_big = content_length > self.ceiling + FORM_OVERHEAD
        return (QueryDict(), MultiValueDict()) if self.too_big else None

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks = []

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > self.ceiling:
            self.too_big = True
            raise StopUpload(connection_reset=False)
        self.chunks.append(raw_data)

    def file_complete(self, file_size):
        return SimpleUploadedFile("recu", b"".join(self.chunks))


def received(request, ceiling: int) -> tuple[list[bytes], bool]:
    """The files of a request, and whether one of them went beyond the ceiling. To be called before request.POST."""
    handler = MemoryOnlyUploadHandler(request, ceiling=ceiling)
    request.upload_handlers = [handler]
    files = [file.read() for _, group in request.FILES.lists() for file in group]
    return files, handler.too_big
