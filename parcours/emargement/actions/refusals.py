from lms.kernel.lifecycle import TransitionRefused


class Refused(TransitionRefused):
    """What was asked of a sheet cannot be done; `str()` gives the sentence to show."""

    def __init__(self, sentence):
        super().__init__([sentence])
