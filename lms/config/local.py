"""What a local machine makes for itself, so that one command is enough to try the product."""

import secrets


def secret_key(data_dir):
    """The secret of this machine: made once, readable by its owner only, kept in the data folder."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()
