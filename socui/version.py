"""The version, a constant: reading it from installed metadata would cost more than `socui --version` itself."""

VERSION = "0.1.0"
