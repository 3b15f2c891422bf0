from django.db.models import Q

from parcours.paperwork.models import Invoice


def invoices_for(demande):
    """Those recorded for the session that bill somebody of the file, or are whole to the OPCO or to the employer."""
    whose = demande.beneficiaries.values("registration")
    named = Q(parts=None, payer_name__in=[str(demande.opco), str(demande.employer)])
    found = Invoice.objects.standing().filter(session=demande.session_id)
    return found.filter(pk__in=Invoice.objects.filter(Q(parts__price__in=whose) | named).values("pk"))
