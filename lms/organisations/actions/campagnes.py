from django.db import transaction

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Campagne, Wave, WaveRegion


@transaction.atomic
def load_campagne(entry, *, fictional=False) -> bool:
    """Create a campagne and its waves from their readable form, unless its code is known already."""
    values = {
        "name": entry["nom"],
        "starts_on": entry["debut"],
        "ends_on": entry["fin"],
        "objective": entry["objectif"],
        "closed": entry.get("close", False),
        "fictional": fictional,
    }
    campagne, created = Campagne.objects.get_or_create(code=entry["code"], defaults=values)
    if created:
        for wave in entry["vagues"]:
            _add_wave(campagne, wave)
    return created


def _add_wave(campagne, entry):
    wave = Wave.objects.create(
        campagne=campagne,
        number=entry["numero"],
        label=entry["libelle"],
        period_label=entry["periode"],
        regions_label="\n".join(entry["regions_publiees"]),
        starts_on=entry["debut"],
        ends_on=entry["fin"],
    )
    WaveRegion.objects.bulk_create(
        WaveRegion(wave=wave, region_id=code, campagne=campagne) for code in entry["regions"]
    )


def close_campagne(campagne, *, by):
    """From then on its dates and its waves are read as they were."""
    return _set_closed(campagne, True, by=by)


def reopen_campagne(campagne, *, by):
    return _set_closed(campagne, False, by=by)


@transaction.atomic
def _set_closed(campagne, closed, *, by):
    campagne = Campagne.objects.select_for_update(no_key=True).get(pk=campagne.pk)
    if campagne.closed == closed:
        state = "close" if closed else "ouverte"
        raise TransitionRefused([f"« {campagne} » est déjà {state} : il n’y a rien à faire."])
    campagne.closed = closed
    campagne.save(update_fields=["closed"])
    record("campagne.closed" if closed else "campagne.reopened", campagne, by=by)
    return campagne
