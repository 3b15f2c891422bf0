#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.config.settings")
    if "makemigrations" in sys.argv[1:2] and "SECRET_KEY" not in os.environ:
        os.environ.setdefault("LOCAL", "true")  # it reads the code alone: no setting of an installation is needed
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:  # read now: Django would go on without them, and fail later far from the reason
        settings.INSTALLED_APPS  # noqa: B018
    except ImproperlyConfigured as refused:
        sys.exit(str(refused))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
