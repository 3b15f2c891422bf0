from tests.permissions.matrix import Row

OPERATOR = {"*": 403, "superuser": 200}

ROWS = [
    Row("site:installation", expected=OPERATOR),
    Row("site:installation_step", lambda world: ["editeur"], OPERATOR),
    Row("site:installation_step", lambda world: ["message"], OPERATOR, label="trial"),
    Row("site:installation_step", lambda world: ["fichiers"], {"*": 403, "superuser": 302}, verb="post"),
]
