# make run: environment, dependencies, app.   make test: everything that CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test helplines lint types bench eval train train-safety lock clean-env

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Between needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made in $(VENV)." >&2; exit 1; }
	@echo "Installing what Between needs (once, a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || { echo "The installation failed; see the lines above. Check the network and try again." >&2; exit 1; }
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || { echo "The installation of the test tools failed; see the lines above." >&2; exit 1; }
	@touch $@

run: $(VENV)/.installed
	@$(BIN)/python -m between

test: $(VENV)/.installed-dev
	@sh tests/browser/install-chromium.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadscope

# Fails when a helpline was not looked at for a year.
helplines: $(VENV)/.installed
	$(BIN)/python -m between.evaluate.helplines

bench: $(VENV)/.installed-dev
	$(BIN)/python -m between.bench

eval: $(VENV)/.installed-dev
	$(BIN)/python -m between.evaluate all

train: $(VENV)/.installed-dev
	$(BIN)/python -m between.reading.train

# The safety screen's second look; torch and onnx are tools for this alone. About an hour on two cores.
train-safety: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check onnx==1.23.2 torch==2.13.0
	$(BIN)/python -m between.safety.train

# Resolve the pins of pyproject.toml into the two requirements files.
lock:
	$(BIN)/uv pip compile --universal --quiet --no-annotate --no-header pyproject.toml -o requirements.txt
	echo "-e ." >> requirements.txt
	$(BIN)/uv pip compile --universal --quiet --no-annotate --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
