from parcours.learning.models.enrolment import Enrolment
from parcours.learning.models.moment import Moment
from parcours.learning.models.move import EditionMove
from parcours.learning.models.progress import ActivityProgress, Progress
from parcours.learning.models.spread import Spread, SpreadLine
from parcours.learning.models.trace import Trace

__all__ = ["ActivityProgress", "EditionMove", "Enrolment", "Moment", "Progress", "Spread", "SpreadLine", "Trace"]
