"""What a form is given."""


def given(request) -> tuple:
    """What was sent and its files when something was, even nothing; else nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
