import pytest

# The suite lives in the package, where pytest wouldn't explain a failing assert unless told to.
pytest.register_assert_rewrite("tipsearch.testing.conformance")
