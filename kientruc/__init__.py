"""Enterprise architecture as code for Viet Nam's e-government: YAML in, checked papers out."""

__version__ = "0.1.0"
