"""`{% handbook_address match %}`: where the handbook tells of the page at an address of the desk."""

from django import template

from .handbook import handbook_address

register = template.Library()
register.simple_tag(handbook_address)
