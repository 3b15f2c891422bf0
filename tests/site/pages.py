"""Reading a page as a browser or a screen reader would."""

from html.parser import HTMLParser


class Reading(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.text = []
        self._skipped = 0
        self.feed(html if isinstance(html, str) else html.content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def inline_code(self):
        """Scripts without a source, styles and handlers written in the page: all refused by the policy."""
        scripts = [attrs for attrs in self.all("script") if "src" not in attrs]
        handlers = [(tag, key) for tag, attrs in self.tags for key in attrs if key == "style" or key.startswith("on")]
        return scripts + self.all("style") + handlers

    def outside_hosts(self):
        loaded = [(tag, attrs.get("src") or attrs.get("href")) for tag, attrs in self.tags if tag in LOADING]
        return [(tag, url) for tag, url in loaded if url and ("//" in url)]


LOADING = {"script", "link", "img", "iframe", "source", "video", "audio"}
