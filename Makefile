# The project's commands; `make` alone lists them. docs/operations.md says more.

BIN := .venv/bin
PY := $(BIN)/python
.DEFAULT_GOAL := help
.PHONY: help run test demo demo-remove bench lighthouse check fmt lock translations backup restore venv venv-dev
MAKEFLAGS += --no-print-directory

help: ## this list 命令一览
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv:
	@dev/sync-venv requirements.txt

venv-dev:
	@dev/sync-venv requirements-dev.txt

run: venv ## the site with its worker on http://127.0.0.1:8000 (PORT, HOST) 启动网站
	@$(PY) dev/prepare.py && exec $(PY) dev/serve.py

test: venv-dev ## the whole suite on SQLite and PostgreSQL (ARGS="tests/plans -k year") 运行全部测试
	@$(PY) dev/test.py $(ARGS)

demo: venv ## invented plans of a whole city, to try things out (ARGS="--beside") 生成演示数据
	@$(PY) dev/prepare.py && $(PY) manage.py make_demo $(ARGS)

demo-remove: venv ## take the demonstration away again (ARGS="--force") 移除演示数据
	@$(PY) manage.py make_demo --remove $(ARGS)

bench: venv-dev ## speed beside floors of the same run (ARGS="importer", "plans", "--write") 测速
	@$(PY) -m bench $(ARGS)

lighthouse: venv-dev ## Lighthouse over the public pages on an emulated phone (ARGS="article" RUNS=5) 网页质量测评
	@$(PY) dev/lighthouse/run.py $(ARGS)

CHECKS := style imports migrations deployment templates translations leaks scripts
.PHONY: $(CHECKS:%=check-%)

# What Django needs to start, so that no check reads or touches the developer's own site
check: export SECRET_KEY := check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH
check: export DATABASE_URL := sqlite://:memory:
check: export VAR_DIR := var/check
check: export DEBUG := 0
check: venv-dev ## style, imports, migrations, deployment, templates, translations, leaks, scripts 静态检查
	@$(MAKE) --keep-going --jobs=2 --output-sync=target $(CHECKS:%=check-%)

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-imports:
	$(BIN)/lint-imports

check-migrations:
	$(PY) manage.py makemigrations --check --dry-run

check-deployment:
	HTTPS=1 ALLOWED_HOSTS=example.org EMAIL_URL=smtp://mail.example.org:25 $(PY) manage.py check --deploy --fail-level WARNING

check-templates:
	$(BIN)/djlint --lint --quiet templates

check-translations:
	$(PY) dev/check_translations.py

check-leaks:
	$(PY) dev/check_leaks.py

check-scripts:
	$(PY) dev/check_scripts.py

backup: venv ## database and media into var/backups 备份
	@$(PY) dev/backup.py save

restore: venv ## put a backup back: make restore FROM=file (stop the site first) 恢复备份
	@$(PY) dev/backup.py restore "$(FROM)"

fmt: venv-dev ## format the code, fix what can be fixed 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: venv-dev ## add new strings to the .po files and compile them 更新并编译译文
	$(PY) dev/check_translations.py --update --compile

lock: venv-dev ## resolve the requirements files anew 重新锁定依赖
	$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate --upgrade \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate \
		--group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
