from django.db.models import Q, QuerySet


class SentMailQuerySet(QuerySet):
    def matching(self, text):
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(recipient__icontains=word) | Q(subject__icontains=word) | Q(body__icontains=word))
        return found
