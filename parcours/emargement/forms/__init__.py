from parcours.emargement.forms.keeping import LateForm, MarkForm, PaperForm, WayForm, WindowForm
from parcours.emargement.forms.signing import CodeForm, SentSignature

__all__ = ["CodeForm", "LateForm", "MarkForm", "PaperForm", "SentSignature", "WayForm", "WindowForm"]
