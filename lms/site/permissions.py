def can_install(person) -> bool:
    """Who sets the site up: administrators of the installation."""
    return person.is_staff
