PYTHON ?= python3
VENV ?= .venv
RUN = $(VENV)/bin

.PHONY: demo test check bench docs clean

$(VENV)/ready: pyproject.toml
	@echo "once, for a minute or some: what the program needs goes into $(VENV)"
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --editable ".[test,check]"
	touch $@

demo: $(VENV)/ready
	$(RUN)/replay run western-iraq-2017 -o out
	@echo "open out/western-iraq-2017.html in a browser: step, click a town, read who said so"
	@echo "beside it in out/: the film, the map, sheets/ and the log"

test: $(VENV)/ready
	sh tests/tools.sh $(VENV)
	$(RUN)/python -m pytest -n auto

check: $(VENV)/ready
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	sh tests/tools.sh $(VENV)
	$(RUN)/python -m pytest -n auto --cov --cov-report=term

docs: $(VENV)/ready
	$(RUN)/python docs/reference.py
	$(RUN)/python docs/pictures.py
	$(RUN)/python docs/notebook.py
	$(RUN)/python docs/essay.py

bench: $(VENV)/ready
	$(RUN)/python -m benchmarks

clean:
	rm -rf $(VENV) out
