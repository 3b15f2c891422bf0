from lms.kernel.journal import record


def note_export(person, *, register, rows):
    """Whoever takes a register out leaves a line in the journal."""
    record("quality.export_register", person, by=person, after={"register": register, "rows": rows})
