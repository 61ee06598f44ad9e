"""The colours of the desk, from light to dark, as Unfold numbers them."""

BLUE = {
    "50": "oklch(97% .014 230)",
    "100": "oklch(94% .03 230)",
    "200": "oklch(89% .055 230)",
    "300": "oklch(81% .09 232)",
    "400": "oklch(74% .11 235)",
    "500": "oklch(66% .12 236)",
    "600": "oklch(48% .11 240)",
    "700": "oklch(41% .095 242)",
    "800": "oklch(36% .08 244)",
    "900": "oklch(31% .065 246)",
    "950": "oklch(22% .05 248)",
}
