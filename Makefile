# What a contributor does. Everything runs in .venv, with the code of this checkout.
python = .venv/bin/python
# Under half a minute on two cores: no terminal, no faults, no screens.
quick = tests/knowledge/test_knowledge.py tests/knowledge/test_editor_schema.py tests/knowledge/test_domain.py \
	tests/deciding/test_answers.py tests/deciding/test_diagram.py tests/planning tests/settings/test_commands.py \
	tests/profiles/test_profile_file.py tests/profiles/test_records.py tests/reports/test_golden.py \
	tests/test_readme.py tests/test_names.py

.PHONY: setup quick test snapshots golden check

setup: ## an editable install with everything that tests need
	python3 -m venv .venv
	.venv/bin/pip install --quiet --editable '.[test]'

quick: ## the knowledge proved, and the tests that take little time
	.venv/bin/socui check
	.venv/bin/pytest -q $(quick)

test: ## every test
	.venv/bin/pytest

snapshots: ## take the pictures of the screens anew; look at each before you commit it
	.venv/bin/pytest -q --snapshot-update tests/snapshots tests/screens/test_compare_screen.py

golden: ## write the reports on the examples and the README's keys anew; read the difference before you commit it
	$(python) tests/golden.py
	$(python) tests/readme.py

check: ## style, types, who may import whom
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy -p socui
	.venv/bin/pyright
	.venv/bin/lint-imports
