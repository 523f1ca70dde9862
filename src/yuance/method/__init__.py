"""The method language: evaluation methods as data, read, checked and explained."""

from yuance.method.method import EVERYONE, TOTAL, Method
from yuance.method.reading import MethodError, available, read_method

__all__ = ["EVERYONE", "TOTAL", "Method", "MethodError", "available", "read_method"]
