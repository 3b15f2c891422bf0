def can_install(person) -> bool:
    """Who sets the site up: administrators of the installation."""
    return person.is_staff


def can_edit_rules(person) -> bool:
    return person.has_perm("kernel.change_rule")
