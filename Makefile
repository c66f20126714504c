.PHONY: test bench

# Everything that must hold before a change lands.
test:
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	cargo test --locked

# In process, then whole processes against the tools people use today (those that are installed).
bench:
	cargo bench --locked
	cargo build --release --locked
	python3 benches/compare.py --out docs/benchmarks.md
