from django.db import transaction

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.events import campagne_dated
from lms.organisations.models import Campagne, Wave, WaveRegion

DATES = ("starts_on", "ends_on")
OUT_OF_CAMPAGNE = "« {wave} » sortirait des dates de la campagne : corrigez les unes ou les autres."


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
        announce_dates(campagne)
    return created


def announce_dates(campagne):
    """Tell the rooms that count by campagne; in the caller's transaction."""
    campagne_dated.send(sender=Campagne, campagne=campagne)


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


def change_campagne(campagne, values, *, by) -> Campagne:
    """Its name, its objective, its dates. Raises TransitionRefused once it is closed, or when a wave would fall out."""
    waves = list(campagne.waves.all())
    outside = [one for one in waves if one.starts_on < values["starts_on"] or one.ends_on > values["ends_on"]]
    refusals = [OUT_OF_CAMPAGNE.format(wave=one) for one in outside]
    return _change(campagne, campagne, values, refusals, "campagne.changed", by=by)


def change_wave(wave, values, *, by) -> Wave:
    """Its label, its announced period, its dates, inside those of its campagne. Raises TransitionRefused."""
    campagne = Campagne.objects.get(pk=wave.campagne_id)
    outside = values["starts_on"] < campagne.starts_on or values["ends_on"] > campagne.ends_on
    refusals = [OUT_OF_CAMPAGNE.format(wave=values["label"])] if outside else []
    return _change(wave, campagne, values, refusals, "wave.changed", by=by)


@transaction.atomic
def _change(obj, campagne, values, refusals, verb, *, by):
    campagne = Campagne.objects.select_for_update(no_key=True).get(pk=campagne.pk)
    obj = type(obj).objects.select_for_update(no_key=True).get(pk=obj.pk)
    if campagne.closed:
        refusals = [f"« {campagne} » est close : elle se lit telle qu’elle était. Rouvrez-la pour la corriger."]
    if refusals:
        raise TransitionRefused(refusals)
    before = {name: getattr(obj, name) for name in values}
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save(update_fields=list(values))
    record(verb, obj, by=by, before=before, after=values)
    if obj == campagne and any(before[name] != values[name] for name in DATES):
        announce_dates(obj)
    return obj


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
