# The one front door: `make demo` to see it work, `make check` to prove it, `make help` for the rest.
#
#   PYTHON=python3.12   the interpreter that .venv is made from (3.11 or newer; once, when it is made)
#   VENV=FOLDER         where that environment lies
#   CC=clang            the compiler of the C tests
#   UCD=FOLDER          the Unicode Character Database, as Debian's unicode-data lays it out

PYTHON ?= python3
VENV   ?= .venv
UCD    ?= /usr/share/unicode

PY     := $(VENV)/bin/python -P
PIP    := $(PY) -m pip install --quiet
PYTEST := $(PY) -m pytest -q --continue-on-collection-errors

# Stamps in $(VENV): what it holds, and when it came there.
MADE    := $(VENV)/.made
PACKAGE := $(VENV)/.package
DEV     := $(VENV)/.dev

# Folders are listed too: they are how make sees that a file is gone.
SOURCES := $(shell find csrc python \( -name __pycache__ -o -name '*.egg-info' \) -prune -o -print)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export CA_UCD := $(UCD)
unexport CMOCKA_MESSAGE_OUTPUT

# All targets share one environment, so they never run side by side; C files are compiled in
# parallel by a make of their own.
ifneq ($(MAKECMDGOALS),programs)
.NOTPARALLEL:
endif

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

# ---- the two that a fresh machine needs ----------------------------------------------------------

.PHONY: demo
demo: $(PACKAGE) ## Build, run the main job on the bundled sample, say where the report lies
	@mkdir -p demo
	@$(VENV)/bin/coactor report examples/cold_war.csv --text text --id id --date date \
	  --actors examples/cold_war.yml -o demo/report.html --tables demo </dev/null
	@$(PY) tools/show_pairs.py demo/pairs.csv
	@echo
	@echo "The report is $(CURDIR)/demo/report.html, its tables lie beside it."

# Every part runs, whatever became of the others; pytest comes last, so its closing line does too.
.PHONY: check
check: ## Install what is missing, then run every check and every test (this is what CI runs)
	@failed=; \
	for part in system dev install format-check layers types tables-check test-c; do \
	  echo "== make $$part"; \
	  $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then echo "== failed so far:$$failed"; fi; \
	echo "== make test-py"; \
	$(MAKE) --no-print-directory test-py || failed="$$failed test-py"; \
	test -z "$$failed"

# ---- set-up --------------------------------------------------------------------------------------

# Shell: install the Debian packages named in $need where we may, else say in a line which they are.
INSTALL_NEEDED = if [ -n "$$need" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    echo "installing$$need"; \
	    apt-get update -qq </dev/null; \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$need \
	      </dev/null >/dev/null; \
	  else \
	    echo "please install first (names of Debian's packages):$$need" >&2; exit 1; \
	  fi; \
	fi

.PHONY: system
system: ## Install what the tests need from the system (as root on Debian), or say what is missing
	@need=; \
	command -v pkg-config >/dev/null || need="$$need pkg-config"; \
	pkg-config --exists cmocka 2>/dev/null || need="$$need libcmocka-dev"; \
	test -f $(UCD)/UnicodeData.txt || need="$$need unicode-data"; \
	$(INSTALL_NEEDED)

.PHONY: venv
venv: $(MADE) ## Make the virtual environment .venv
	@:

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "coactor needs Python 3.11 or newer, which $(PYTHON) is not; name one: make PYTHON=..." >&2; \
	  exit 1; }
	@need=; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || need="$$need python3-venv"; \
	test -f "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" \
	  || need="$$need python3-dev"; \
	command -v $(CC) >/dev/null || need="$$need gcc libc6-dev"; \
	$(INSTALL_NEEDED)
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

.PHONY: install
install: $(PACKAGE) ## Build the package and install it into .venv, if its sources have changed
	@:

# setuptools would install a file that is gone from python/ once more, from its old build/lib.
CLEAN_PACKAGE := rm -rf build/lib* build/bdist* build/temp* python/*.egg-info

$(PACKAGE): $(MADE) $(SOURCES) pyproject.toml setup.py
	@echo "building and installing coactor"
	@$(CLEAN_PACKAGE)
	@$(PIP) . </dev/null
	@$(CLEAN_PACKAGE)
	@touch $@

.PHONY: dev
dev: $(DEV) ## Install the tools of the developers into .venv: the extra `dev`, without the package
	@:

$(DEV): $(MADE) pyproject.toml
	@echo "installing the tools that check needs (about a minute)"
	@$(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"] \
	  ["optional-dependencies"]["dev"], sep="\n")' >$(VENV)/dev.txt
	@$(PIP) -r $(VENV)/dev.txt </dev/null
	@touch $@

# ---- layout, layers, generated files -------------------------------------------------------------

C_FILES  := $(shell find csrc tests -name '*.[ch]' ! -name 'unicode_tables.h' \
                      ! -name 'unicode_classes.h')
PY_FILES := $(wildcard python tests tools bench examples docs/*.py) setup.py

.PHONY: format
format: $(DEV) ## Lay out C and Python as clang-format and ruff want it
	@$(VENV)/bin/clang-format -i $(C_FILES)
	@$(VENV)/bin/ruff format --quiet $(PY_FILES)
	@$(VENV)/bin/ruff check --quiet --fix $(PY_FILES)

.PHONY: format-check
format-check: $(DEV) ## Is everything laid out like that?
	@st=0; \
	for file in $(C_FILES); do \
	  $(VENV)/bin/clang-format $$file | diff -u $$file - || st=1; \
	done; \
	$(VENV)/bin/ruff format --quiet --diff $(PY_FILES) || st=1; \
	$(VENV)/bin/ruff check --quiet $(PY_FILES) || st=1; \
	exit $$st

.PHONY: types
types: $(PACKAGE) $(DEV) ## Check the type hints: within, of the extension, and of all public names
	@st=0; mkdir -p build; \
	$(PY) -m mypy || st=1; \
	$(PY) -m mypy.stubtest coactor._core || st=1; \
	PATH="$(abspath $(VENV))/bin:$$PATH" basedpyright --verifytypes coactor --ignoreexternal \
	  >build/types.txt || { cat build/types.txt; st=1; }; \
	grep 'completeness score' build/types.txt; \
	exit $$st

.PHONY: layers
layers: $(MADE) ## Do the includes point one way, and the other rules of csrc/README.md hold?
	@$(PY) tools/check_layers.py

.PHONY: tables
tables: $(MADE) ## Write the Unicode tables of the core anew
	@$(PY) tools/gen_unicode.py --ucd $(UCD)
	@$(PY) tools/gen_accents.py --ucd $(UCD)

.PHONY: tables-check
tables-check: $(MADE) ## Are the Unicode tables what their generator writes?
	@$(PY) tools/gen_unicode.py --ucd $(UCD) --check
	@$(PY) tools/gen_accents.py --ucd $(UCD) --check

# ---- C tests: each tests/c/test_*.c is a program --------------------------------------------------

SAN ?= asan
FLAGS_asan := -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan := -fsanitize=thread

B          := build/c-$(SAN)
CFLAGS_C   := -std=c11 -g -O1 -UNDEBUG -fno-omit-frame-pointer -ffp-contract=off -pthread \
              $(FLAGS_$(SAN)) -Wall -Wextra -Wconversion -Wshadow -Werror -MMD -MP
LIBRARY    := $(patsubst %.c,$(B)/%.o,$(wildcard csrc/core/*.c csrc/core/simd/*.c csrc/par/*.c))
PROGRAMS   := $(patsubst tests/c/%.c,$(B)/%,$(wildcard tests/c/test_*.c))
JOBS       := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
PARALLEL    = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: test-c
test-c: ## The tests of the C core, under AddressSanitizer and UBSan
	@st=0; \
	$(MAKE) --no-print-directory -k $(PARALLEL) programs || st=1; \
	for program in $(PROGRAMS); do \
	  echo "$$(basename $$program)"; \
	  test -x $$program || { echo "did not build" >&2; st=1; continue; }; \
	  if $$program >$$program.log 2>&1; then tail -n 2 $$program.log; \
	  else cat $$program.log; st=1; fi; \
	done; \
	exit $$st

.PHONY: tsan
tsan: ## The same tests under ThreadSanitizer
	@$(MAKE) --no-print-directory test-c SAN=tsan

.PHONY: programs
programs: $(PROGRAMS)

# Objects of another compiler or of other flags are made anew.
.PHONY: always
$(B)/flags: always
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS_C)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_C)' >$@

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_C) -c $< -o $@

.SECONDARY:
$(B)/test_%: $(B)/tests/c/test_%.o $(B)/tests/c/support.o $(LIBRARY)
	@$(CC) $(CFLAGS_C) $^ -o $@ $$(pkg-config --libs cmocka) -lm

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ---- Python tests: on the package as installed, never on the files under python/ -------------------

.PHONY: test-py
test-py: $(PACKAGE) $(DEV) ## The tests of the Python package, and every example in README, docs and docstrings
	@$(PYTEST) --doctest-modules --doctest-glob=*.md --pyargs tests/python README.md docs coactor

.PHONY: doctest
doctest: $(PACKAGE) $(DEV) ## Only the examples in README, docs and docstrings
	@$(PYTEST) --doctest-modules --doctest-glob=*.md --pyargs README.md docs coactor

.PHONY: docs
docs: $(PACKAGE) $(DEV) ## Build the site from docs/ and the docstrings, every warning an error
	@$(PY) -m sphinx -W --keep-going -q -E docs build/docs
	@echo "The site is $(CURDIR)/build/docs/index.html"

.PHONY: notebooks
notebooks: $(PACKAGE) $(DEV) ## Run the notebooks of examples/ and check what they find
	@$(PYTEST) tests/python/test_notebooks.py

# gcc only: the interpreter has no sanitizer of its own, so gcc's is loaded before it. It leaks a
# little at exit; leaks of ours are what test-c looks for.
.PHONY: asan-py
asan-py: $(PACKAGE) $(DEV) ## The tests of the Python package with the extension under ASan and UBSan
	@$(CLEAN_PACKAGE) build/asan-py
	@COACTOR_SANITIZE=address,undefined $(PIP) --no-deps --target build/asan-py . </dev/null
	@$(CLEAN_PACKAGE)
	@LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	  PYTHONPATH=build/asan-py PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0 \
	  $(PYTEST) tests/python

# ---- the end -------------------------------------------------------------------------------------

.PHONY: clean
clean: ## Remove what was built, but .venv
	@rm -rf build demo .pytest_cache .hypothesis .mypy_cache .ruff_cache python/*.egg-info
	@find python tests tools -name __pycache__ -prune -exec rm -rf {} +
