"""What the guide of the operator names exists."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs/exploitation.md").read_text()
UNITS = sorted((ROOT / "docs/exploitation/systemd").iterdir())


@pytest.mark.parametrize("name", sorted(set(re.findall(r"scripts/(\w+)", GUIDE)) - {"lib"}))
def test_a_script_of_the_guide_can_be_run(name):
    script = ROOT / "scripts" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"scripts/manage (\w+)", GUIDE))))
def test_a_command_of_the_guide_exists(name):
    assert name in get_commands()


def test_every_link_of_the_guide_leads_to_a_title():
    titles = [
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.+)$", GUIDE, re.M)
    ]
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= set(titles)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_service_runs_without_privilege_what_exists(path):
    text = path.read_text()
    for command in re.findall(r"/opt/parcours-aidants/(scripts/\w+)", text):
        assert os.access(ROOT / command, os.X_OK)
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands()
    if path.suffix == ".service":
        for line in ("User=parcours", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
            assert f"\n{line}\n" in text, line
