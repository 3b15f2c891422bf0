from tests.certification.habilitation.files_access import ROWS as FILES

ROWS = [*FILES]
