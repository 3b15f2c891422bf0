"""What a page of the sheets says, as it is read."""


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")
