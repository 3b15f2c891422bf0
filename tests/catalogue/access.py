from tests.permissions.matrix import Row

ROWS = [
    Row("catalogue:medium", lambda world: ["0" * 64, "absent.svg"], {"*": 404, "anonymous": 404}),
]
