PYTHON ?= python3
VENV ?= .venv
RUN = $(VENV)/bin
FLOOR = .venv-floor

.PHONY: demo test test-floor check bench docs newest clean

$(VENV)/ready: pyproject.toml
	@echo "installing what the program needs into $(VENV): a minute or two, once"
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --editable ".[test,check]"
	touch $@

# The newest releases: users meet them on the day of their release, so the tests must too.
newest: $(VENV)/ready
	@$(RUN)/python tests/needs.py > $(VENV)/needs.txt
	@$(RUN)/pip install --quiet --retries 1 --upgrade --upgrade-strategy eager -r $(VENV)/needs.txt || \
		{ echo "the newest releases could not be installed (see above; is there a network?):"; \
		  echo "the tests run with the releases that are installed"; }

# The lowest releases that pyproject.toml allows, in an environment of their own.
$(FLOOR)/ready: pyproject.toml tests/needs.py
	@echo "installing the lowest releases that pyproject.toml allows into $(FLOOR)"
	rm -rf $(FLOOR)
	$(PYTHON) -m venv $(FLOOR)
	$(FLOOR)/bin/python tests/needs.py lowest > $(FLOOR)/lowest.txt
	$(FLOOR)/bin/pip install --quiet --constraint $(FLOOR)/lowest.txt --editable ".[test,check]"
	touch $@

demo: $(VENV)/ready
	$(RUN)/replay run western-iraq-2017 -o out
	@echo "open out/western-iraq-2017.html in a browser: step, click a town, read who said so"
	@echo "beside it in out/: the film, the map, sheets/ and the log"

test: newest
	sh tests/tools.sh $(VENV)
	$(RUN)/python -m pytest -n auto

test-floor: $(FLOOR)/ready
	sh tests/tools.sh $(FLOOR)
	$(FLOOR)/bin/python -m pytest -n auto

check: newest
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

bench: $(VENV)/ready
	$(RUN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(FLOOR) out
