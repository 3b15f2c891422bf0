"""What a page where one writes needs: files held within bounds, a text that survives a lost session."""

import functools

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from lms.kernel.access import keeps_what_was_written
from lms.kernel.sensitive import has_social_security
from parcours.assistance.engine.files import MOST_BYTES, MOST_FILES
from parcours.assistance.forms import LONGEST_ANSWER

DRAFT = "assistance.draft"
SALT = "assistance.writer"
DRAFT_SECONDS = 86_400


class BoundedUploads(FileUploadHandler):
    """Files held in memory, within the bounds announced. One that goes beyond is let go; the text beside it is read."""

    def __init__(self, request):
        super().__init__(request)
        self.too_big, self.count = [], 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks, self.held = [], 0
        self.count += 1
        if self.count > 2 * MOST_FILES:
            raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        self.held += len(raw_data)
        if self.held > MOST_BYTES:
            self.too_big.append(self.file_name)
            self.chunks = []
            raise SkipFile
        self.chunks.append(raw_data)

    def file_complete(self, file_size):
        return SimpleUploadedFile(self.file_name, b"".join(self.chunks), self.content_type or "")


def writing(view):
    """Decorate a view that takes a text and files: `request.too_big` names the files that were let go.

    The CSRF check comes after the bounds are set on what it reads: it is done here, not by the middleware.
    """
    guarded = csrf_protect(sensitive_post_parameters()(view))

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        uploads = BoundedUploads(request)
        request.upload_handlers = [uploads]
        request.too_big = uploads.too_big
        return guarded(request, *args, **kwargs)

    return keeps_what_was_written(keep_draft)(never_cache(csrf_exempt(wrapper)))


def writer_of(request) -> str:
    """Who writes, for a form to carry: a text found again is shown to the same person only."""
    return signing.dumps(request.user.pk, salt=SALT)


def keep_draft(request) -> None:
    """Of somebody whose session ended while they wrote; a social security number is not kept."""
    request.upload_handlers = [BoundedUploads(request)]
    _keep_draft(request)


@csrf_protect
def _keep_draft(request):
    text = request.POST.get("text", "").strip()[:LONGEST_ANSWER]
    person = _signed(request.POST.get("writer", ""))
    if text and person and not has_social_security(text):
        now = timezone.now().isoformat()
        request.session[DRAFT] = {"path": request.get_full_path(), "person": person, "text": text, "at": now}
    return HttpResponse()


def draft_of(request) -> str:
    """The text kept for this person on this page."""
    draft = request.session.get(DRAFT)
    if not draft or (draft["path"], draft["person"]) != (request.get_full_path(), request.user.pk):
        return ""
    age = timezone.now() - parse_datetime(draft["at"])
    return draft["text"] if age.total_seconds() < DRAFT_SECONDS else ""


def forget_draft(request) -> None:
    request.session.pop(DRAFT, None)


def _signed(writer):
    try:
        return signing.loads(writer, salt=SALT)
    except signing.BadSignature:
        return None
