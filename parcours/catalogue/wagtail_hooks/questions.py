from wagtail import hooks

from parcours.catalogue.viewsets.questions import QuestionChooserViewSet


@hooks.register("register_admin_viewset")
def open_the_questions_to_take_up():
    return QuestionChooserViewSet()
