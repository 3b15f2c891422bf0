from wagtail.admin.ui.tables import Column


class CardColumn(Column):
    """Its label goes with each value where the table is read line by line, on a phone."""

    cell_template_name = "catalogue/cms/cell.html"
