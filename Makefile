PYTHON ?= python3
VENV ?= .venv
RUN = $(VENV)/bin

.PHONY: demo test check bench docs clean

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --editable ".[test,check]"
	touch $@

test: $(VENV)/ready
	$(RUN)/python -m pytest -n auto

check: $(VENV)/ready
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/python -m pytest -n auto --cov --cov-report=term

bench: $(VENV)/ready
	$(RUN)/python -m benchmarks

clean:
	rm -rf $(VENV) out
