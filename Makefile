.PHONY: test campaign bench goals bench-check page-test oracle-test engine-test

# Everything that must hold before a change lands.
test:
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	cargo test --locked
	if [ "$$(id -u)" = 0 ]; then cargo test --locked --test it -- --ignored as_root; fi
	cargo fmt --check --manifest-path python/Cargo.toml
	python/tests/run light

# Random damage and kills against what is never to happen, each kind for so many seconds; CAMPAIGN_SEED=N begins elsewhere.
campaign:
	CAMPAIGN_SECONDS=$${CAMPAIGN_SECONDS:-60} cargo test --locked --test it -- campaign:: --include-ignored --nocapture --test-threads 2

# In process, then whole processes against the tools people use today (those that are installed).
bench:
	cargo bench --profile dist --locked
	cargo build --profile dist --locked
	python3 benches/compare.py --out docs/benchmarks.md

# Each goal of docs/benchmarks.md and what is reached, in ten minutes; BEFORE=NAME=BINARY measures an earlier binary in turn.
goals:
	cargo build --profile dist --locked
	python3 benches/goals.py --out docs/benchmarks.md $(if $(BEFORE),--before $(BEFORE))

# Instruction counts within their limits, whatever else the machine does; needs valgrind.
bench-check:
	cargo build --profile dist --locked
	python3 benches/check.py

# The report in a real browser; needs node and chromium.
page-test:
	cargo build --locked
	tests/browser/run target/debug/dechrome

# Our outputs as other programs read them; needs python3 with venv, jq, gzip and zstd.
oracle-test:
	cargo build --locked
	tests/oracles/run target/debug/dechrome

# The wheel in Spark and Ray; needs python3 with venv, and Java 17.
engine-test:
	python/tests/run heavy
