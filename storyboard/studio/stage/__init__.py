"""The stage: presenters that are drawn and act, and what stands behind them."""
