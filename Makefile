.PHONY: help run test bench check fix
help: ## what can be asked
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 8
run: ## set up this machine and serve the demonstration on http://localhost:$${PORT:-8000}
	@scripts/run
test: ## style, layers, migrations, then the whole suite on SQLite, PostgreSQL, Redis and Chromium
	@scripts/test
bench: ## every performance scenario on PostgreSQL; SIZE=600|20000|200000
	@scripts/bench
check: ## style, templates, layers, missing migrations
	@scripts/check
fix: ## format what can be formatted
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
