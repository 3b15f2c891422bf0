"""The questions a trainer writes in the CMS. What they become for the trainee is typed data, marked on the server."""

from parcours.assessment.blocks.series import QuestionsBlock, SerieDeQuestionsBlock

__all__ = ["QuestionsBlock", "SerieDeQuestionsBlock"]
