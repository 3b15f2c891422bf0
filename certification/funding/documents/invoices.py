from django.db.models import Q

from parcours.paperwork.models import Invoice


def invoices_for(demande):
    """Those recorded for the session that bill somebody of the file, or are whole to the OPCO or to the employer."""
    whose = demande.beneficiaries.values("registration")
    payers = (demande.opco, demande.employer, demande.employer.standing())
    named = Q(parts=None, payer_name__in=[str(one) for one in payers])
    found = Invoice.objects.standing().filter(session=demande.session_id)
    return found.filter(pk__in=Invoice.objects.filter(Q(parts__price__in=whose) | named).values("pk"))
