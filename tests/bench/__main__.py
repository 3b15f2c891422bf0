"""Every performance scenario, on PostgreSQL: python -m tests.bench (SIZE=600, 20000 or 200000)."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    django.setup()

    from tests.bench.run import main

    sys.exit(main())
